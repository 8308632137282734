// Runs every check and every test, shows what fails, and ends with a line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each counts as one. */
const CHECKS: readonly (readonly [name: string, script: string])[] = [
  ['lint, format and import cycles', 'lint'],
  ['types', 'typecheck'],
  ['rules between packages', 'check:packages'],
  ['unused files, exports and dependencies', 'check:unused'],
]

interface TestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[]
}

let passed = 0
let failed = 0
const failures: string[] = []

for (const [name, script] of CHECKS) {
  console.log(`\n── ${name}`)
  if (run(['run', '--silent', script])) passed++
  else {
    failed++
    failures.push(name)
  }
}

console.log('\n── tests')
const folder = mkdtempSync(join(tmpdir(), 'rondo-verify-'))
const report = join(folder, 'tests.json')
const testsPassed = run([
  'run',
  '--silent',
  'test',
  '--',
  '--reporter=default',
  '--reporter=json',
  `--outputFile=${report}`,
])
try {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  ) as TestReport
  // A file that cannot be loaded has no tests to count.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  passed += numPassedTests
  failed += numFailedTests + broken
  if (!testsPassed && numFailedTests + broken === 0) failed++
} catch {
  failed++
}
rmSync(folder, { recursive: true })
if (!testsPassed) failures.push('tests')

if (failures.length > 0) console.log(`\nFailed: ${failures.join('; ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function run(args: readonly string[]): boolean {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  return (
    spawnSync(npm, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0
  )
}
