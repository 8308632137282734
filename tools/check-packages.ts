import { fileURLToPath } from 'node:url'
import { packageRuleBreaches } from './package-rules.ts'

const breaches = packageRuleBreaches(fileURLToPath(new URL('../packages', import.meta.url)))
for (const breach of breaches) console.error(breach)
if (breaches.length > 0) process.exit(1)
console.log('The rules between packages hold.')
