/** The tags of a leg that the user asked for, past the scheduler. */
export const BY_USER = { by: 'user' } as const
