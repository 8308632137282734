import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve, sep } from 'node:path'

/** Which packages of ours each package may depend on. Whoever is not named depends on core alone. */
const ALLOWED: { readonly [name: string]: readonly string[] } = {
  '@rondo/core': [],
  '@rondo/kernels': [],
  '@rondo/trainer-tfjs': ['@rondo/core', '@rondo/dataset', '@rondo/kernels'],
}

/** The command is the one place that knows every package. */
const KNOWS_ALL = 'rondo'

/** Packages that may depend on tfjs. */
const WITH_TFJS = ['@rondo/trainer-tfjs', '@rondo/models-lstm', '@rondo/kernels']

/** Patterns that a library's source must not contain, and the files where they belong. */
const FORBIDDEN: readonly {
  readonly pattern: RegExp
  readonly what: string
  readonly allowedIn: RegExp
}[] = [
  { pattern: /\bMath\.random\b/, what: 'Math.random (draw from an addressed generator)', allowedIn: /^$/ },
  {
    pattern: /\bDate\.now\(|\bperformance\.now\(|\bnew Date\(\)/,
    what: 'a clock (inject CLOCK)',
    allowedIn: /^core\/src\/system\/system-clock\.ts$/,
  },
  {
    pattern: /from '(node:)?(fs|fs\/promises)'/,
    what: 'file access (through DATASET, STORE or ARTIFACTS)',
    allowedIn: /^(dataset|store-sqlite|cli|executor-process|kernels|trainer-tfjs)\//,
  },
  { pattern: /from 'tsyringe'/, what: 'tsyringe', allowedIn: /^core\/src\/composition\/container\.ts$/ },
]

interface Manifest {
  readonly name: string
  readonly dependencies?: { readonly [name: string]: string }
  readonly peerDependencies?: { readonly [name: string]: string }
}

/** Every breach of the rules between packages, as a sentence that names the file. Empty: all is well. */
export function packageRuleBreaches(packagesFolder: string): readonly string[] {
  const breaches: string[] = []
  for (const folder of readdirSync(packagesFolder).sort()) {
    const manifest = JSON.parse(
      readFileSync(join(packagesFolder, folder, 'package.json'), 'utf8'),
    ) as Manifest
    breaches.push(...dependencyBreaches(folder, manifest))
    const own = resolve(packagesFolder, folder) + sep
    for (const file of sources(join(packagesFolder, folder, 'src'))) {
      const text = withoutComments(readFileSync(file, 'utf8'))
      const name = file.slice(packagesFolder.length + 1).replaceAll('\\', '/')
      const outside = importsFrom(text).find((path) => !resolve(dirname(file), path).startsWith(own))
      if (outside !== undefined) breaches.push(`packages/${name} imports ${outside}, outside of its package`)
      for (const { pattern, what, allowedIn } of FORBIDDEN) {
        if (pattern.test(text) && !allowedIn.test(name)) breaches.push(`packages/${name} uses ${what}`)
      }
    }
  }
  return breaches
}

function* dependencyBreaches(folder: string, manifest: Manifest): Iterable<string> {
  const { name, dependencies = {}, peerDependencies = {} } = manifest
  const all = Object.keys({ ...dependencies, ...peerDependencies })
  const file = `packages/${folder}/package.json`
  const allowed = ALLOWED[name] ?? ['@rondo/core']
  for (const dependency of all) {
    const ours = dependency.startsWith('@rondo/') || dependency === 'rondo'
    if (ours && name !== KNOWS_ALL && !allowed.includes(dependency)) {
      yield `${file}: ${name} must not depend on ${dependency}`
    }
    if (dependency.startsWith('@tensorflow/') && !WITH_TFJS.includes(name)) {
      yield `${file}: ${name} must not depend on tfjs`
    }
  }
  if (name !== KNOWS_ALL && dependencies['@rondo/core'] !== undefined) {
    yield `${file}: @rondo/core is a peer dependency of a plugin`
  }
}

function* sources(folder: string): Iterable<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && entry.name.endsWith('.ts')) yield join(entry.parentPath, entry.name)
  }
}

/** The relative paths that a source imports. */
const importsFrom = (text: string): readonly string[] =>
  [...text.matchAll(/\b(?:from|import)\b\s*\(?\s*'(\.[^']*)'/g)].map((match) => match[1]!)

/** Comments may name what code must not use. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
