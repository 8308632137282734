/** An array of numbers that grows without copying more than twice. */
export interface Growing<A extends Float64Array | Int32Array> {
  push(value: number): void
  /** A copy cut to what was pushed. */
  take(): A
}

export const growingFloats = (): Growing<Float64Array> => growing((n) => new Float64Array(n))
export const growingInts = (): Growing<Int32Array> => growing((n) => new Int32Array(n))

function growing<A extends Float64Array | Int32Array>(make: (length: number) => A): Growing<A> {
  let values = make(1024)
  let length = 0
  return {
    push(value) {
      if (length === values.length) {
        const larger = make(values.length * 2)
        larger.set(values)
        values = larger
      }
      values[length++] = value
    },
    take: () => values.slice(0, length) as A,
  }
}
