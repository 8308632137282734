import { stripVTControlCharacters } from 'node:util'
import { createLogUpdate } from 'log-update'

/** Lines at the foot of a terminal that are drawn again and again. */
export interface LiveBlock {
  draw(text: string): void
  /** Takes it off the screen, so that other lines can be written. */
  clear(): void
  /** Clears it for good. */
  end(): void
}

const ERASE_LINE_AND_GO_UP = '\u001B[2K\u001B[1A'

/** @param onResize Draws it again, when the terminal has another size. */
export function liveBlock(stream: NodeJS.WriteStream, onResize: () => void): LiveBlock {
  const update = createLogUpdate(stream)
  let drawn = ''
  const clear = (): void => {
    update.clear()
    drawn = ''
  }
  const resized = (): void => {
    // A terminal that has become narrower has broken the lines: they take more rows than there are lines to clear.
    const lines = drawn === '' ? [] : stripVTControlCharacters(drawn).split('\n')
    const rows = lines.reduce((sum, { length }) => sum + Math.max(1, Math.ceil(length / stream.columns)), 0)
    stream.write(ERASE_LINE_AND_GO_UP.repeat(rows - lines.length))
    clear()
    onResize()
  }
  stream.on('resize', resized)
  return {
    draw(text) {
      drawn = text
      update(text)
    },
    clear,
    end() {
      stream.off('resize', resized)
      clear()
      update.done()
    },
  }
}
