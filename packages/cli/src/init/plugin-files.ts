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

/**
 * The files of a new plugin by their paths: a package that works, is tested, and does something simple.
 *
 * @param inCheckout Whether it will lie in a checkout of Rondo, whose packages need not have been built.
 */
export function pluginFiles(
  kind: PluginKind,
  name: string,
  inCheckout: boolean,
): { readonly [file: string]: string } {
  const factory = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  const { source, test, does, field } = TEXTS[kind](factory, name)
  return {
    'package.json': packageJson(kind, name, does),
    'tsconfig.json': TSCONFIG,
    'src/index.ts': source,
    'test/index.test.ts': test,
    ...(inCheckout ? { 'vitest.config.ts': VITEST_CONFIG } : {}),
    'README.md': readme(factory, name, { does, field, inCheckout }),
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

const VITEST_CONFIG = `import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

// In a checkout of Rondo its packages are taken from their sources, built or not. Elsewhere this file is not needed.
export default defineConfig({
  ssr: { resolve: { conditions: ['rondo-source', ...defaultServerConditions] } },
  test: { execArgv: ['--conditions=rondo-source'] },
})
`

interface ReadmeParts extends Pick<PluginText, 'does' | 'field'> {
  readonly inCheckout: boolean
}

function readme(factory: string, name: string, { does, field, inCheckout }: ReadmeParts): string {
  const ground = inCheckout
    ? `Here, in a checkout of Rondo, it runs at once: \`vitest.config.ts\` takes Rondo's packages from their sources. \
\`npm run build\` needs them built first, with \`npm run build\` in the root of the checkout. When the package moves out, \
delete \`vitest.config.ts\` and run \`npm install\`.`
    : 'Run `npm install` first.'
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

\`npm test\` checks it against the rules that every such plugin keeps. ${ground}
`
}
