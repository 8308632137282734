import type { Store, TrialState, TrialView } from '@rondo/core'

/** A trial's state for people: in a study that nobody works on nothing runs. `rondo resume` goes on with such a trial. */
export type ShownState = TrialState | 'interrupted'

/** What a trial's state is told as. */
export type StateOf = (trial: Pick<TrialView, 'state'>) => ShownState

/** The states of trials, by whether a process works on their study. */
export const shownStates =
  (isOpen: boolean): StateOf =>
  ({ state }) =>
    state === 'running' && !isOpen ? 'interrupted' : state

/** Whether a process works on a study now. */
export const isOpen = (store: Store, study: string): boolean =>
  store.list().some(({ name, lockedBy }) => name === study && lockedBy !== undefined)
