import { guide } from './guide.ts'
import { testPages } from './run-guide.ts'

testPages(guide().filter(({ name }) => /^[4567]-/.test(name)))
