import { execFileSync } from 'node:child_process'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTable, type Table } from '../src/index.ts'
import { errorOf, file, table } from './files.ts'

const plain = table(
  'day,births,kind',
  [
    ['2024-01-01', 12.5, 'a'],
    ['2024-01-02', -3, 'b, c'],
    ['2024-01-03', 7e3, 'a'],
  ].map(([day, births, kind]) => [day!, births!, `"${kind}"`]),
)

/** The columns as plain arrays. */
const columnsOf = ({ columns }: Table) =>
  Object.fromEntries(
    columns.map((column) => [
      column.name,
      column.kind === 'text'
        ? [...column.codes].map((code) => column.dictionary[code] ?? null)
        : [...column.values],
    ]),
  )

const expected = {
  day: ['2024-01-01', '2024-01-02', '2024-01-03'].map((day) => Date.parse(day)),
  births: [12.5, -3, 7000],
  kind: ['a', 'b, c', 'a'],
}

describe('the same rows are read from', () => {
  const variants: { readonly [title: string]: string | Uint8Array } = {
    'a plain file': plain,
    'a file without a line end at the end': plain.trimEnd(),
    'Windows line ends': plain.replaceAll('\n', '\r\n'),
    'mixed line ends': plain.replace('\n', '\r\n'),
    'line ends of old Macs': plain.replaceAll('\n', '\r'),
    'a file with a byte order mark': `\uFEFF${plain}`,
    'UTF-16': Buffer.from(`\uFEFF${plain}`, 'utf16le'),
    gzip: gzipSync(plain),
    'a file with blank lines': plain.replaceAll('\n', '\n\n'),
    'spaces around the fields': plain.replaceAll(/,(?=[\d-])/g, ' , '),
    'semicolons and decimal commas':
      'day;births;kind\n2024-01-01;12,5;a\n2024-01-02;-3;b, c\n2024-01-03;7000,0;a\n',
    tabs: 'day\tbirths\tkind\n2024-01-01\t12.5\ta\n2024-01-02\t-3\tb, c\n2024-01-03\t7e3\ta\n',
    bars: 'day|births|kind\n2024-01-01|12.5|a\n2024-01-02|-3|b, c\n2024-01-03|7e3|a\n',
    'a separator at the end of each line':
      'day;births;kind;\n2024-01-01;12.5;a;\n2024-01-02;-3;b, c;\n2024-01-03;7e3;a;\n',
  }
  for (const [title, content] of Object.entries(variants)) {
    test(title, async () => {
      expect(columnsOf(await readTable(file(content)))).toEqual(expected)
    })
  }
})

test('quoted fields may hold separators, quotes and line ends, and lines are counted as an editor does', async () => {
  const read = await readTable(file('a,"b ""x"""\n"1","two\nlines"\n\n2,"say ""hi"", please"\n'))
  expect(columnsOf(read)).toEqual({ a: [1, 2], 'b "x"': ['two\nlines', 'say "hi", please'] })
  expect([read.place(0).row, read.place(1).row]).toEqual([2, 5])
})

test('any table of texts comes back as it was written', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', ' ', 'é', '1') })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field, field), { minLength: 1, maxLength: 20 }),
      fc.constantFrom(',', ';', '\t', '|'),
      async (rows, separator) => {
        // A letter in front keeps the fields from being taken for numbers or for missing.
        const kept = rows.map((row) => row.map((text) => `x${text}x`))
        const quoted = kept.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator))
        const read = await readTable(file([`p${separator}q${separator}r`, ...quoted].join('\n')))
        expect(columnsOf(read)).toEqual({
          p: kept.map(([p]) => p),
          q: kept.map(([, q]) => q),
          r: kept.map(([, , r]) => r),
        })
      },
    ),
    { numRuns: 50 },
  )
})

test('records longer than a piece of the file are put together', async () => {
  const long = 'y'.repeat(700_000)
  const rows = Array.from({ length: 5 }, (_, i) => `${i},"${long}${i}"`)
  const read = await readTable(file(`n,text\n${rows.join('\n')}\n`))
  expect(columnsOf(read)).toEqual({ n: [0, 1, 2, 3, 4], text: rows.map((_, i) => `${long}${i}`) })
})

test('several files of one header are one table, and errors name the file', async () => {
  const [first, second] = [file('a\n1\n2\n', 'one.csv'), file('a\n3\n', 'two.csv')]
  const read = await readTable([first, second])
  expect(columnsOf(read)).toEqual({ a: [1, 2, 3] })
  expect(read.place(2)).toEqual({ file: second, row: 2 })
  const other = file('b\n3\n')
  expect(await errorOf(readTable([first, other]))).toMatchObject({
    code: 'RONDO_DATA_COLUMN_MISSING',
    value: 'a',
    place: { file: other },
  })
})

describe('standard input', () => {
  const script = `
    import { readTable } from '@rondo/dataset'
    const { name, rows, place } = await readTable('-')
    process.stdout.write(JSON.stringify({ name, rows, place: place(rows - 1) }))`
  const read = (input: string | Uint8Array) =>
    JSON.parse(
      execFileSync(process.execPath, ['--conditions=rondo-source', '--input-type=module', '--eval', script], {
        cwd: import.meta.dirname,
        input,
        encoding: 'utf8',
      }),
    )
  test.each([
    ['plain', plain],
    ['gzip', gzipSync(plain)],
  ])('is read like a file: %s', (_, input) => {
    expect(read(input)).toEqual({
      name: 'standard input',
      rows: 3,
      place: { file: 'standard input', row: 4 },
    })
  })
})

describe('missing values and numbers', () => {
  test('empty fields, NA and NaN are missing', async () => {
    const { columns } = await readTable(file('a,b\n1,x\n,y\nNA,NaN\nnull,z\n'))
    expect(columns[0]).toMatchObject({
      kind: 'number',
      values: Float64Array.of(1, Number.NaN, Number.NaN, Number.NaN),
    })
    expect(columns[1]).toMatchObject({ kind: 'text', codes: Int32Array.of(0, 1, -1, 2) })
  })

  test('zero is a number, however it is written', async () => {
    const { columns } = await readTable(file('a\n0\n0.0\n-0\n 0 \n1\n'))
    expect(columns[0]).toMatchObject({ kind: 'number', values: Float64Array.of(0, 0, -0, 0, 1) })
  })
})

describe('what cannot be read is named', () => {
  test('a file that is not there', async () => {
    expect(await errorOf(readTable('no-such.csv'))).toMatchObject({
      code: 'RONDO_DATA_NOT_FOUND',
      value: 'no-such.csv',
      place: { file: 'no-such.csv' },
    })
  })

  test('a folder', async () => {
    expect(await errorOf(readTable(import.meta.dirname))).toMatchObject({
      code: 'RONDO_DATA_UNREADABLE',
      message: expect.stringContaining('is a folder'),
    })
  })

  test.each([
    ['an empty file', ''],
    ['a header alone', 'a,b\n'],
    ['blank lines', '\n\n\n'],
  ])('%s', async (_, content) => {
    expect(await errorOf(readTable(file(content)))).toMatchObject({ code: 'RONDO_DATA_EMPTY' })
  })

  test('a row with too few or too many fields, by its line', async () => {
    for (const bad of ['3', '3,4,5', '"3"', '3,"4,5",6']) {
      const path = file(`a,b\n1,2\n\n${bad}\n5,6\n`)
      expect(await errorOf(readTable(path))).toMatchObject({
        code: 'RONDO_DATA_ROW_LENGTH',
        place: { file: path, row: 4 },
      })
    }
  })

  test('a quote that is never closed, and text after a closing quote', async () => {
    for (const bad of ['"2', '"2"x']) {
      expect(await errorOf(readTable(file(`a,b\n1,2\n1,${bad}\n3,4\n`)))).toMatchObject({
        code: 'RONDO_DATA_UNREADABLE',
        place: { row: 3 },
      })
    }
  })

  test('two columns of one name', async () => {
    expect(await errorOf(readTable(file('a,b,a\n1,2,3\n')))).toMatchObject({
      code: 'RONDO_DATA_COLUMN_DUPLICATE',
      value: 'a',
    })
  })

  test('text that is not UTF-8, files that are no text, gzip that is cut off', async () => {
    const latin1 = Buffer.from('name,y\nJosé,1\n', 'latin1')
    const zeros = new Uint8Array(100)
    const cutOff = gzipSync(plain.repeat(50)).subarray(0, 60)
    for (const content of [latin1, zeros, cutOff]) {
      expect(await errorOf(readTable(file(content)))).toMatchObject({ code: 'RONDO_DATA_UNREADABLE' })
    }
  })

  test('a picture under the name of a table is no text, and names of columns are fit to be printed', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
    for (const content of [png, 'a,\x1b[31mb\n1,2\n', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0xff])]) {
      const error = await errorOf(readTable(file(content)))
      expect(error).toMatchObject({ code: 'RONDO_DATA_UNREADABLE', place: {} })
      expect(error.message).toMatch(/data\.csv is not a text file\.$/)
    }
    const long = 'x'.repeat(500)
    const latin1 = Buffer.from(`${long},y\né,1\n`, 'latin1')
    expect((await errorOf(readTable(file(latin1)))).message.length).toBeLessThan(200)
    const twice = await errorOf(readTable(file(`a\u202eb,a\u202eb\n1,2\n`)))
    expect(twice.message).toContain('“a\\u{202e}b”')
  })

  test('a byte that is not UTF-8 is named with its row and column, wherever it stands', async () => {
    const at = fc.tuple(fc.nat({ max: 40_000 }), fc.nat({ max: 2 }))
    await fc.assert(
      fc.asyncProperty(at, async ([row, column]) => {
        // More than one piece of reading, with letters of two bytes that its end may cut.
        const fields = (i: number) => [`é${i}`, '"ü, ñ"', `${'ß'.repeat(i % 7)}z`]
        const rows = Array.from({ length: 40_001 }, (_, i) => Buffer.from(`${fields(i).join(',')}\n`))
        const bad = fields(row).map((field, i) => Buffer.from(i === column ? field.replace(/.$/, '') : field))
        const mark = Buffer.from(column === 1 ? [0xe9, 0x22] : [0xe9])
        const [a, b, c] = bad as [Buffer, Buffer, Buffer]
        const comma = Buffer.from(',')
        rows[row] = Buffer.concat(
          [
            [a, mark, comma, b, comma, c],
            [a, comma, b, mark, comma, c],
            [a, comma, b, comma, c, mark],
          ][column]!.concat(Buffer.from('\n')),
        )
        const content = Buffer.concat([Buffer.from('a,b,c\n'), ...rows])
        expect(await errorOf(readTable(file(content)))).toMatchObject({
          code: 'RONDO_DATA_UNREADABLE',
          value: '0xE9',
          place: { row: row + 2, column: 'abc'[column] },
        })
      }),
      { numRuns: 8 },
    )
  })
})
