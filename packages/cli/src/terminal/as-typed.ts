/** The words of a command that a line tells people to type; `rondo` begins no other sentence. */
const COMMAND = /(?<=^|[\s`])rondo (?=(?:[a-z]+|--[a-z-]+)(?:[ `.,;]|$))/gm

/** A line whose commands are as people here type them: where npm runs Rondo, there is no `rondo` on their path. */
export function asTyped(line: string): string {
  const { RONDO_COMMAND: command } = process.env
  return command === undefined ? line : line.replaceAll(COMMAND, `${command} `)
}
