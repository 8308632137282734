import { callbackPlugin } from './plugins/callback.ts'
import type { PluginText } from './plugins/plugin-text.ts'
import { schedulerPlugin } from './plugins/scheduler.ts'
import { searchPlugin } from './plugins/search.ts'
import { splitterPlugin } from './plugins/splitter.ts'

/** What can be begun. */
export type PluginKind = 'search' | 'scheduler' | 'splitter' | 'callback'

const TEXTS: { readonly [kind in PluginKind]: (factory: string, name: string) => PluginText } = {
  search: searchPlugin,
  scheduler: schedulerPlugin,
  splitter: splitterPlugin,
  callback: callbackPlugin,
}

/** The files of a new plugin by their paths: a package that works, is tested, and does something simple. */
export function pluginFiles(kind: PluginKind, name: string): { readonly [file: string]: string } {
  const factory = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const { source, test, does, field } = TEXTS[kind](factory, name)
  return {
    'package.json': packageJson(kind, name, does),
    'tsconfig.json': TSCONFIG,
    'src/index.ts': source,
    'test/index.test.ts': test,
    'README.md': readme(factory, name, does, field),
  }
}

function packageJson(kind: PluginKind, name: string, does: string): string {
  const manifest = {
    name: `rondo-${kind}-${name}`,
    version: '0.1.0',
    description: does,
    type: 'module',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist', 'src'],
    scripts: { build: 'tsc', test: 'vitest run' },
    peerDependencies: { '@rondo/core': '^0.1.0' },
    devDependencies: {
      '@rondo/core': '^0.1.0',
      '@rondo/testkit': '^0.1.0',
      typescript: '^7.0.0',
      vitest: '^5.0.0',
    },
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      target: 'es2024',
      module: 'nodenext',
      strict: true,
      declaration: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
  },
  null,
  2,
)}\n`

function readme(factory: string, name: string, does: string, field: string): string {
  return `# ${name}

${does}

\`\`\`ts
// rondo.config.ts
import { defineConfig } from 'rondo'
import { ${factory} } from './${name}/src/index.ts'

export default defineConfig({
  // …
  ${field},
})
\`\`\`

\`npm test\` checks it against the rules that every such plugin keeps.
`
}
