import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const tools = fileURLToPath(new URL('../../tools', import.meta.url))

/** A folder that old npm has left: with a Node in a package of this system, but no link to its command. */
function leftByOldNpm(): string {
  const root = mkdtempSync(join(tmpdir(), 'rondo-set-up-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const file of ['link-node.mjs', 'installed.mjs', 'npm.mjs'])
    cpSync(join(tools, file), join(root, 'tools', file))
  const optionalDependencies = { 'node-here': '24.0.0', 'node-elsewhere': '24.0.0' }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'workspace', optionalDependencies }))
  const node = join(root, 'node_modules', 'node-here')
  mkdirSync(join(node, 'bin'), { recursive: true })
  const described = { name: 'node-here', version: '24.0.0', bin: { node: 'bin/node' } }
  writeFileSync(join(node, 'package.json'), JSON.stringify(described))
  writeFileSync(join(node, 'bin', 'node'), '#!/bin/sh\necho the Node of the dependencies\n')
  return root
}

test('the Node among the dependencies is linked where npm has not done it', () => {
  const root = leftByOldNpm()
  const link = () => execFileSync(process.execPath, ['tools/link-node.mjs'], { cwd: root })
  const command = join(root, 'node_modules', '.bin', 'node')
  expect(existsSync(command)).toBe(false)
  link()
  expect(existsSync(command)).toBe(true)
  if (process.platform !== 'win32')
    expect(execFileSync(command, { encoding: 'utf8' })).toBe('the Node of the dependencies\n')
  // What is there is left alone.
  const { mtimeMs, ino } = lstatSync(command)
  link()
  expect(lstatSync(command)).toMatchObject({ mtimeMs, ino })
})
