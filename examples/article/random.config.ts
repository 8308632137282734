import { defineConfig, random } from 'rondo'
import { study } from './study.ts'

/** As many trials, each drawn at random. */
export default defineConfig({ ...study, name: 'article-random', search: random() })
