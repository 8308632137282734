import { type Json, RondoError } from '@rondo/core'
import { z } from 'zod'
import { CALENDAR_PARTS } from './options.ts'
import type { Preprocess } from './preprocess.ts'

const scaler = z.object({ log: z.boolean(), center: z.number(), spread: z.number() })
const scalers = z.record(z.string(), scaler)
const step = z.union([
  z.object({ unit: z.enum(['ms', 'month']), every: z.number().positive() }),
  z.object({ unit: z.literal('businessDay'), every: z.literal(1) }),
])
const form = z.union([
  z.object({ kind: z.enum(['level', 'window']) }),
  z.object({ kind: z.literal('difference'), lag: z.int().min(1) }),
])
const scales = z.object({
  scales: scalers,
  targetScales: scalers,
  floors: z.record(z.string(), z.number()).optional(),
})
const plan = z.object({
  task: z.enum(['forecast', 'classify', 'regress']),
  targets: z.array(z.string()).min(1),
  classes: z.array(z.string()).min(2).optional(),
  horizon: z.int().min(0),
  rollout: z.int().min(1).optional(),
  quantiles: z.array(z.number().gt(0).lt(1)).min(1).optional(),
  inputs: z.array(
    z.union([
      z.object({ kind: z.literal('number'), name: z.string(), known: z.boolean().optional() }),
      z.object({
        kind: z.literal('category'),
        name: z.string(),
        values: z.array(z.string()),
        known: z.boolean().optional(),
      }),
      z.object({ kind: z.literal('lag'), name: z.string(), lag: z.int().min(1) }),
    ]),
  ),
  calendar: z.array(z.enum(CALENDAR_PARTS)),
  time: z.string().optional(),
  step: step.optional(),
  id: z.string().optional(),
  sequences: z.boolean(),
  missing: z.enum(['error', 'ffill', 'mean', 'drop']),
  gaps: z.enum(['error', 'keep']),
})
const intervals = z.object({
  coverage: z.array(z.number()),
  widths: z.array(z.array(z.array(z.number()))),
})
const preprocessSchema = scales
  .extend({
    version: z.literal(1),
    plan,
    window: z.int().min(1),
    form,
    series: z.record(z.string(), scales).optional(),
    threshold: z.number().optional(),
    intervals: intervals.optional(),
  })
  .refine(
    ({ plan, scales, targetScales }) =>
      plan.inputs.every((input) => input.kind === 'category' || input.name in scales) &&
      (plan.task === 'classify'
        ? plan.classes !== undefined
        : plan.targets.every((name) => name in targetScales)),
    'a scale or the classes are missing',
  )

/**
 * Reads a `preprocess.json`.
 *
 * @param file Where it lies, for messages.
 * @throws RONDO_ARTIFACT_DAMAGED where it is none that this version can read.
 */
export function preprocessFromJson(json: Json, file = 'preprocess.json'): Preprocess {
  const { success, data, error } = preprocessSchema.safeParse(json)
  if (success) return data as Preprocess
  const issue = error.issues[0]
  throw new RondoError('RONDO_ARTIFACT_DAMAGED', {
    message: `${file} is no preprocessing that this version can read: ${issue?.path.join('.') || 'it'}: ${issue?.message}.`,
    place: { file, field: issue?.path.join('.') ?? '' },
    remedy: 'Use the preprocess.json that was saved with the model.',
  })
}
