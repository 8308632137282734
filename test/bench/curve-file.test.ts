import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineSpace, int, minimize, type Params } from '@rondo/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CurveDescription, CurveFile } from '../../bench/curves/curve-file.ts'
import { ownCurves } from '../../bench/multi-fidelity/own-curves.ts'

const space = defineSpace({ units: int(1, 500) })
const described = (count: number): CurveDescription => ({
  name: 'small',
  objective: minimize('loss'),
  epochs: 2,
  samples: 64,
  space: space.toJSON(),
  configurations: Array.from({ length: count }, (_, i): Params => ({ units: i + 1, batchSize: 32 })),
})
const curveOf = (first: number, second: number) => ({
  values: Float32Array.of(first, second),
  seconds: Float32Array.of(0.5, Number.isNaN(second) ? Number.NaN : 0.25),
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'curves-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a file of curves', () => {
  it('keeps as many trainings of each configuration as there were, in their order', () => {
    const file = CurveFile.open(folder, described(3))
    file.add(2, curveOf(5, 4))
    file.add(0, curveOf(3, Number.NaN))
    file.add(2, curveOf(7, 6))
    const read = CurveFile.read(join(folder, 'curves-small'))
    expect(read.description).toEqual(described(3))
    expect([0, 1, 2].map((i) => read.trainings(i))).toEqual([
      [curveOf(3, Number.NaN)],
      [],
      [curveOf(5, 4), curveOf(7, 6)],
    ])
  })

  it('goes on where it was, with more configurations too', () => {
    CurveFile.open(folder, described(2)).add(1, curveOf(2, 1))
    const more = CurveFile.open(folder, described(4))
    more.add(3, curveOf(9, 8))
    more.add(1, curveOf(4, 3))
    const read = CurveFile.read(join(folder, 'curves-small'))
    expect(read.trainings(1)).toEqual([curveOf(2, 1), curveOf(4, 3)])
    expect(read.trainings(3)).toEqual([curveOf(9, 8)])
  })

  it('keeps what it has where fewer configurations are asked for', () => {
    CurveFile.open(folder, described(4)).add(3, curveOf(9, 8))
    CurveFile.open(folder, described(2)).add(1, curveOf(2, 1))
    const read = CurveFile.read(join(folder, 'curves-small'))
    expect(read.description).toEqual(described(4))
    expect([1, 3].map((i) => read.trainings(i))).toEqual([[curveOf(2, 1)], [curveOf(9, 8)]])
  })

  it('is not overwritten by another space, and not read where curves are missing', () => {
    CurveFile.open(folder, described(2)).add(0, curveOf(2, 1))
    expect(() => CurveFile.open(folder, { ...described(2), epochs: 3 })).toThrow('move it away')
    const path = join(folder, 'curves-small')
    writeFileSync(`${path}.f32`, readFileSync(`${path}.f32`).subarray(0, 8))
    expect(() => CurveFile.read(path)).toThrow('does not fit')
  })

  it('is a problem of the configurations that were trained, each with all its trainings', () => {
    const file = CurveFile.open(folder, described(201))
    for (let i = 0; i < 200; i++) file.add(i, curveOf(i + 2, i + 1))
    file.add(7, curveOf(1, 0))
    const [problem, ...others] = ownCurves(folder)
    expect(others).toEqual([])
    expect(problem!.configurations).toHaveLength(200)
    expect(problem!.curves[7]).toEqual([Float32Array.of(9, 8), Float32Array.of(1, 0)])
    expect(problem!.updatesPerEpoch!({ units: 1, batchSize: 32 })).toBe(2)
  })
})
