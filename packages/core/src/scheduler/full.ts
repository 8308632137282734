import { definePlugin, type Plugin } from '../composition/plugin.ts'
import { SCHEDULER, type Scheduler } from '../contracts/scheduler.ts'

/** Trains every trial to the full budget in one leg. */
export const fullBudget = (): Plugin<Scheduler> =>
  definePlugin({
    name: 'full',
    provides: SCHEDULER,
    scope: 'study',
    create: () => ({
      next: ({ history }) =>
        history.trialsLeft > 0 ? { do: 'start', budget: history.fullBudget } : { do: 'wait' },
    }),
  })
