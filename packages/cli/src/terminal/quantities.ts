export { count, durationInWords as duration, numberInWords as number } from '@rondo/core'
