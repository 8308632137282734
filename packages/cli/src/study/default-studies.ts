/** Where studies are kept when nothing else is said; relative to where the command is called. */
export const DEFAULT_STUDIES = 'studies'
