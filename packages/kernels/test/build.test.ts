import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { assertEmbeddable } from '../build/assert-embeddable.mjs'
import { hasRelaxedSimd } from '../src/index.ts'

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]
const section = (id: number, ...body: number[]) => [id, body.length, ...body]
const name = (text: string) => [text.length, ...new TextEncoder().encode(text)]
const bytes = (...sections: number[][]) => Uint8Array.from([...HEADER, ...sections.flat()])

describe('a module for other programs’ memory', () => {
  test.each(['simd', 'relaxed', 'checked'])('%s is one', async (build) => {
    const module = await readFile(new URL(`../wasm/${build}.wasm`, import.meta.url))
    expect(() => assertEmbeddable(build, module, '')).not.toThrow()
    const { length } = WebAssembly.Module.imports(new WebAssembly.Module(module))
    expect(length).toBe(1)
  })

  test.each([
    ['data segments', bytes(section(11, 1, 0, 0x41, 0, 0x0b, 1, 42)), ''],
    ['a start function', bytes(section(8, 0)), ''],
    ['imports other than env.memory', bytes(section(2, 1, ...name('env'), ...name('abort'), 0, 0)), ''],
    ['code that grows the memory', bytes(), '(memory.grow (i32.const 1))'],
    ['a heap or a stack of its own', bytes(), '(global $~lib/memory/__heap_base i32)'],
  ])('is not one with %s', (what, module, text) => {
    expect(() => assertEmbeddable('odd', module, text)).toThrow(what)
  })
})

test('relaxed SIMD is found exactly where the relaxed build runs', async () => {
  const module = await readFile(new URL('../wasm/relaxed.wasm', import.meta.url))
  expect(hasRelaxedSimd()).toBe(WebAssembly.validate(module))
})
