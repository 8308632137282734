// Writes docs/troubleshooting.md from core's catalogue of errors.
import { writeFileSync } from 'node:fs'
import { troubleshootingPage } from './troubleshooting-page.ts'

const page = new URL('../docs/troubleshooting.md', import.meta.url)
writeFileSync(page, troubleshootingPage())
console.log('docs/troubleshooting.md is current.')
