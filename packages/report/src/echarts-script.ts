import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/**
 * Where the installed ECharts lies, as one script of 1.1 MB. Given its text, a report's charts are interactive: values at
 * the pointer, and ranges to brush in parallel coordinates.
 */
export const echartsScript: URL = pathToFileURL(
  createRequire(import.meta.url).resolve('echarts/dist/echarts.min.js'),
)
