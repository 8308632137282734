import { covers, deriveRng, type Expectations, type Scheduler, type TrialView } from '@rondo/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AshaOptions, asha } from '../src/index.ts'
import { type Curve, SimulatedStudy, type StudyOptions } from './support/simulated-study.ts'

const scheduler = (options: AshaOptions = {}): Scheduler => asha(options).create() as Scheduler

/** Trial n settles at a loss of its own; all come down alike. The best of 27 is trial 16. */
const settling: Curve = (trial, epoch) => ((trial * 5 + 1) % 27) + 20 / epoch

describe('asha', () => {
  it('pauses trials below the top and takes the best third of each rung further', () => {
    const study = new SimulatedStudy({ full: { epochs: 27, folds: 1 }, trials: 27, curve: settling })
    study.run(scheduler({ firstRung: 1 }))
    const reached = (epochs: number): number => study.trials.filter((t) => t.reached.epochs >= epochs).length
    expect(study.trials).toHaveLength(27)
    expect(reached(3)).toBeGreaterThanOrEqual(9)
    expect(reached(3)).toBeLessThan(18)
    expect(study.trials.filter((t) => t.state === 'paused').length).toBe(27 - reached(27))
    // The best of all is known at the full budget, at a fraction of the work of 27 full trainings.
    const best = study.trials.findIndex((_, i) => settling(i, 1, 0) === 20)
    expect(study.trials[best]!.state).toBe('completed')
    expect(study.work).toBeLessThan((27 * 27) / 3)
  })

  it('trains no epoch twice: a promoted trial goes on from where it was paused', () => {
    const study = new SimulatedStudy({
      full: { epochs: 27, folds: 1 },
      trials: 30,
      workers: 4,
      curve: settling,
    })
    study.run(scheduler({ firstRung: 1 }))
    const trained = study.trials.reduce((sum, t) => sum + t.reached.epochs, 0)
    expect(study.work).toBe(trained)
  })

  it('never takes a trial further while a better one waits at the same rung', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 30, maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        (losses, workers) => {
          const curve: Curve = (trial) => losses[trial]!
          const study = new SimulatedStudy({ full: { epochs: 27, folds: 1 }, trials: 30, workers, curve })
          const inner = scheduler({ firstRung: 1 })
          study.run({
            next: (request) => {
              const decision = inner.next(request)
              if (decision.do === 'resume') {
                const chosen = request.history.trials[decision.trial]!
                for (const other of request.history.trials) {
                  if (other.state !== 'paused' || other.reached.epochs !== chosen.reached.epochs) continue
                  expect(losses[chosen.number]!).toBeLessThanOrEqual(losses[other.number]!)
                }
              }
              return decision
            },
          })
        },
      ),
      { numRuns: 30 },
    )
  })

  it('leaves repetitions alone: they are neither taken further nor counted at a rung', () => {
    const curve: Curve = (trial, epoch) => trial + 20 / epoch
    const study = new SimulatedStudy({
      full: { epochs: 27, folds: 1 },
      trials: 36,
      curve,
      repeats: (trial) => (trial > 0 && trial % 4 === 0 ? 1 : undefined),
    })
    study.run(scheduler({ firstRung: 1 }))
    const competing = study.trials.filter(({ replicateOf }) => replicateOf === undefined)
    const goneOn = competing.filter(({ reached }) => reached.epochs >= 3)
    expect(competing).toHaveLength(28)
    expect(goneOn).toHaveLength(Math.floor(28 / 3))
    for (const { replicateOf, legs } of study.trials)
      if (replicateOf !== undefined) expect(legs).toHaveLength(1)
  })

  it('marks every leg with bracket and rung', () => {
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 12, curve: settling })
    study.run(scheduler({ firstRung: 1 }))
    for (const { legs } of study.trials) {
      for (const [i, leg] of legs.entries()) expect(leg.tags).toEqual({ bracket: 0, rung: i })
    }
  })

  it('brings at least one trial to the full budget, however few there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }), (trials, workers) => {
        const study = new SimulatedStudy({ full: { epochs: 27, folds: 3 }, trials, workers, curve: settling })
        study.run(scheduler())
        expect(study.trials.some((t) => covers(t.reached, study.fullBudget))).toBe(true)
      }),
    )
  })

  it('stops a trial without any finite value, and says why', () => {
    const curve: Curve = (trial, epoch) => (trial % 3 === 0 ? Number.NaN : settling(trial, epoch, 0))
    const study = new SimulatedStudy({ full: { epochs: 9, folds: 1 }, trials: 9, curve })
    study.run(scheduler({ firstRung: 1 }))
    for (const trial of study.trials.filter((t) => t.number % 3 === 0)) {
      expect(trial.state).toBe('stopped')
      expect(trial.stopReason).toBe('No finite value in 1 epoch.')
    }
  })

  it('trains every trial for a number of updates before it judges it, whatever the size of its batches', () => {
    // Trial 0 has the large batches, is the best, and shows it late.
    const curve: Curve = (trial, epoch) => (trial > 0 ? trial : epoch < 5 ? 100 : 0)
    const updates = (trial: number): number => (trial === 0 ? 40 : 400)
    const study = new SimulatedStudy({ full: { epochs: 40, folds: 1 }, trials: 12, curve, updates })
    study.run(scheduler({ firstRung: 1, minUpdates: 200 }))
    expect(study.trials[0]!.legs.map(({ budget }) => budget.epochs)).toEqual([1, 5, 13, 40])
    expect(study.trials[0]!.state).toBe('completed')
    for (const trial of study.trials.slice(1)) expect(trial.legs[1]?.budget.epochs).not.toBe(5)
  })

  it('waits for no more than a third of the full epochs, however few updates they have', () => {
    const study = new SimulatedStudy({
      full: { epochs: 30, folds: 1 },
      trials: 6,
      curve: settling,
      updates: () => 1,
    })
    study.run(scheduler({ firstRung: 1, minUpdates: 200 }))
    for (const { legs } of study.trials) expect(legs[1]!.budget.epochs).toBe(10)
  })

  it('stops a trial that learned nothing, and says what it was compared with', () => {
    const curve: Curve = (trial) => (trial % 3 === 0 ? 5 : 3 + trial / 100)
    const study = new SimulatedStudy({
      full: { epochs: 9, folds: 1 },
      trials: 9,
      curve,
      constant: () => 5,
    })
    study.run(scheduler({ firstRung: 1 }))
    for (const trial of study.trials) {
      if (trial.number % 3 !== 0) expect(trial.state).not.toBe('stopped')
      else {
        expect(trial.reached.epochs).toBe(1)
        expect(trial.stopReason).toBe(
          'In 1 epoch its best loss, 5, was no better than 5, that of predicting a constant.',
        )
      }
    }
  })

  it('stops none for that which is better than all that learn more than their own constants', () => {
    // Every third takes its target as a difference: its constant is the value before, which is hard to beat.
    const isDifference = (trial: number): boolean => trial % 3 === 0
    const study = new SimulatedStudy({
      full: { epochs: 9, folds: 1 },
      trials: 9,
      curve: (trial) => (isDifference(trial) ? 1.01 : 2 + trial / 100),
      constant: (trial) => (isDifference(trial) ? 1 : 20),
    })
    study.run(scheduler({ firstRung: 1 }))
    expect(study.trials.filter(({ state }) => state === 'stopped')).toEqual([])
    expect(study.trials[0]!.reached.epochs).toBe(9)
  })

  it('stops none for that where no trial learns anything', () => {
    const study = new SimulatedStudy({
      full: { epochs: 9, folds: 1 },
      trials: 9,
      curve: settling,
      constant: () => 0,
    })
    study.run(scheduler({ firstRung: 1 }))
    expect(study.trials.filter(({ state }) => state === 'stopped')).toEqual([])
  })

  it('counts a trial that ended itself in the higher rungs, and trains it no further', () => {
    // Trial 0 is the best and has converged after 2 epochs.
    const curve: Curve = (trial) => trial
    const endsAfter = (trial: number) => (trial === 0 ? 2 : undefined)
    const study = new SimulatedStudy({ full: { epochs: 27, folds: 1 }, trials: 9, curve, endsAfter })
    study.run(scheduler({ firstRung: 3 }))
    expect(study.trials[0]!.legs).toHaveLength(1)
    expect(study.trials[0]!.state).toBe('completed')
  })

  it('adds folds only for those that lead on the first one, and ranks on equal folds', () => {
    // On the other folds everything is worse by 100: compared across folds, newcomers would seem better.
    const curve: Curve = (trial, _epoch, fold) => trial + (fold > 0 ? 100 : 0)
    const study = new SimulatedStudy({ full: { epochs: 3, folds: 3 }, trials: 12, curve })
    study.run(scheduler({ firstRung: 1 }))
    const onAll = study.trials.filter((t) => t.reached.folds === 3).map((t) => t.number)
    expect(onAll).toContain(0)
    expect(onAll.length).toBeLessThan(4)
    expect(study.trials[0]!.state).toBe('completed')
  })

  it('shares the work among brackets: the higher a bracket starts, the fewer trials it has', () => {
    const study = new SimulatedStudy({ full: { epochs: 27, folds: 1 }, trials: 26, curve: settling })
    study.run(scheduler({ firstRung: 1, brackets: 3 }))
    const of = (bracket: number) => study.trials.filter((t) => t.legs[0]!.tags.bracket === bracket)
    expect(of(0)).toHaveLength(18)
    expect(of(1)).toHaveLength(6)
    expect(of(2)).toHaveLength(2)
    for (const trial of of(2)) expect(trial.legs[0]!.budget.epochs).toBe(9)
  })

  it('decides by the history alone', () => {
    const study = new SimulatedStudy({
      full: { epochs: 27, folds: 1 },
      trials: 10,
      workers: 3,
      curve: settling,
    })
    const [a, b] = [scheduler(), scheduler()]
    study.run({
      next: (request) => {
        const decision = a.next(request)
        // A new instance, as after a restart, comes to the same.
        expect(scheduler().next(request)).toEqual(decision)
        expect(b.next(request)).toEqual(decision)
        return decision
      },
    })
  })

  describe('where the strategy expects something of trials', () => {
    /** Three rungs, so that some trials are trained in full while many are still to start. */
    const whole = { full: { epochs: 9, folds: 1 }, trials: 81 }
    /** Trials that were sent to a rung, in their order, each with the number of its decision. */
    const sentTo = (rung: number, { decisions }: SimulatedStudy) =>
      decisions.flatMap((decision, at) =>
        decision.do === 'resume' && decision.tags?.rung === rung ? [{ at, trial: decision.trial }] : [],
      )
    const numbersSentTo = (rung: number, study: SimulatedStudy): number[] =>
      sentTo(rung, study).map(({ trial }) => trial)
    const run = (options: Partial<StudyOptions>, asked: AshaOptions = {}): SimulatedStudy =>
      new SimulatedStudy({ ...whole, curve: settling, ...options }).run(scheduler({ firstRung: 1, ...asked }))

    /** Every third trial is behind at every rung, and is all that is hoped for. */
    const hoped = (trial: number): boolean => trial % 3 === 2
    const behind: Curve = (trial) => (hoped(trial) ? 100 : 10) + trial / 1000
    const hope = (trials: readonly TrialView[]): Expectations =>
      new Map(trials.map(({ number }) => [number, hoped(number) ? 1 : 0]))

    it('goes from the first rung by that alone once three are trained in full, and by both before', () => {
      const study = run({ curve: behind, expectations: hope })
      const [, second, third] = sentTo(2, study)
      const between = sentTo(1, study).filter(({ at }) => at > second!.at && at < third!.at)
      const later = sentTo(1, study).filter(({ at }) => at > third!.at)
      expect(later.length).toBeGreaterThan(5)
      expect(later.every(({ trial }) => hoped(trial))).toBe(true)
      expect(between.some(({ trial }) => !hoped(trial))).toBe(true)
    })

    it('prefers what is second by value and by expectation to what is first by one and last by the other', () => {
      // The first by value is the last by expectation, and the other way round; the second one is second by both.
      const curve: Curve = (trial) => 10 + (trial % 5) + trial / 1000
      const expectations = (trials: readonly TrialView[]): Expectations =>
        new Map(trials.map(({ number }) => [number, [0, 4, 3, 2, 5][number % 5]! - number / 1000]))
      expect(numbersSentTo(1, run({ trials: 5, curve, expectations }, { eta: 5 }))[0]).toBe(1)
      expect(numbersSentTo(1, run({ trials: 5, curve }, { eta: 5 }))[0]).toBe(0)
    })

    it('goes by values alone from the second rung on', () => {
      // All are expected to be worth the less the better they are.
      const against = (trials: readonly TrialView[]): Expectations =>
        new Map(trials.map(({ number }) => [number, settling(number, 1, 0)]))
      const study = run({ expectations: against })
      expect(sentTo(2, study).length).toBeGreaterThan(5)
      for (const { at, trial } of sentTo(2, study)) {
        const before = (rung: number): number[] =>
          sentTo(rung, study).flatMap((sent) => (sent.at < at ? [sent.trial] : []))
        const gone = new Set(before(2))
        for (const other of before(1))
          if (!gone.has(other)) expect(settling(trial, 3, 0)).toBeLessThanOrEqual(settling(other, 3, 0))
      }
    })

    it('is the same without, where it is asked to leave that alone, and where nothing is expected yet', () => {
      const plain = run({ curve: behind })
      expect(run({ curve: behind, expectations: () => undefined }).decisions).toEqual(plain.decisions)
      const alone = run({ curve: behind, expectations: hope }, { expectations: false })
      expect(alone.decisions).toEqual(plain.decisions)
      expect(run({ curve: behind, expectations: hope }).decisions).not.toEqual(plain.decisions)
    })

    it('takes what nothing is expected of last', () => {
      const someLeftOut = (trials: readonly TrialView[]): Expectations =>
        new Map(
          trials.flatMap(({ number }) =>
            number % 4 === 0 ? [] : [[number, number % 4 === 1 ? Number.NEGATIVE_INFINITY : -number]],
          ),
        )
      const study = run({ curve: behind, expectations: someLeftOut })
      const [, , third] = sentTo(2, study)
      const later = sentTo(1, study).filter(({ at }) => at > third!.at)
      expect(later.length).toBeGreaterThan(5)
      for (const { trial } of later) expect(trial % 4).toBeGreaterThan(1)
    })

    it('sends no more than the quota on, however often what is expected changes', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 4 }), fc.integer(), (workers, seed) => {
          const changing = (trials: readonly TrialView[]): Expectations =>
            new Map(
              trials.map(({ number }) => [
                number,
                deriveRng({ seed, trial: number, purpose: 'expected', step: trials.length }).uniform(),
              ]),
            )
          const study = run({ workers, expectations: changing })
          for (const [i, { at }] of sentTo(1, study).entries()) {
            const started = study.decisions.slice(0, at).filter(({ do: what }) => what === 'start').length
            expect(i + 1).toBeLessThanOrEqual(Math.max(1, Math.floor(started / 3)))
          }
          expect(study.trials.some(({ state }) => state === 'completed')).toBe(true)
        }),
        { numRuns: 30 },
      )
    })

    it('has no place for trials that failed, were stopped or ended themselves, whatever is expected of them', () => {
      const curve: Curve = (trial, epoch) => (trial % 3 === 0 ? Number.NaN : settling(trial, epoch, 0))
      const high = (trials: readonly TrialView[]): Expectations =>
        new Map(trials.map(({ number }) => [number, number % 3 === 1 ? 0 : 1]))
      const endsAfter = (trial: number) => (trial % 3 === 2 ? 1 : undefined)
      const study = run({ curve, endsAfter, expectations: high })
      expect(study.trials.filter(({ state }) => state === 'stopped')).toHaveLength(27)
      const sent = numbersSentTo(1, study)
      expect(sent.length).toBeGreaterThan(20)
      expect(sent.every((trial) => trial % 3 === 1)).toBe(true)
    })

    it('holds in every bracket at its own first rung', () => {
      const study = run({ curve: behind, expectations: hope }, { brackets: 2 })
      const [, , third] = sentTo(2, study)
      const first = (trial: number): unknown => study.trials[trial]!.legs[0]!.tags.rung
      const later = sentTo(2, study).filter(({ at, trial }) => at > third!.at && first(trial) === 1)
      expect(later.length).toBeGreaterThan(0)
      expect(later.every(({ trial }) => hoped(trial))).toBe(true)
    })
  })

  it.each([[{ eta: 1 }], [{ firstRung: 0 }], [{ brackets: 0 }], [{ bracket: 1 }]])(
    'refuses %j',
    async (options) => {
      const result = await asha(options as AshaOptions).schema!['~standard'].validate(options)
      expect(result.issues).toBeDefined()
    },
  )
})
