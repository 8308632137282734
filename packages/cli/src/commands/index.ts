import type { CommandEntry } from './command-module.ts'

/** Every command, in the order in which `rondo --help` lists them. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'tune',
    summary: 'search for good hyperparameters: of a config, or of a CSV file',
    load: () => import('./tune.ts'),
  },
  {
    name: 'train',
    summary: 'train one trial by hand, with params of your choice',
    load: () => import('./train.ts'),
  },
  {
    name: 'resume',
    summary: 'go on with a study that was interrupted, or longer',
    load: () => import('./resume.ts'),
  },
  {
    name: 'extend',
    summary: 'train one trial further than it has come',
    load: () => import('./extend.ts'),
  },
  { name: 'list', summary: 'list the studies', load: () => import('./list.ts') },
  { name: 'show', summary: 'show a study, or one of its trials', load: () => import('./show.ts') },
  { name: 'best', summary: 'print the best params found', load: () => import('./best.ts') },
  {
    name: 'finish',
    summary: 'score the winner on the test rows, beside the default and the baselines',
    load: () => import('./finish.ts'),
  },
  {
    name: 'retune',
    summary: 'tune again on newer rows, and replace the model in use where that is better',
    load: () => import('./retune.ts'),
  },
  {
    name: 'verify',
    summary: 'make every decision of a study again, and compare with its log',
    load: () => import('./verify.ts'),
  },
  { name: 'report', summary: 'write a study as one HTML file', load: () => import('./report.ts') },
  { name: 'predict', summary: 'predict new rows with a saved model', load: () => import('./predict.ts') },
  { name: 'compare', summary: 'set studies side by side', load: () => import('./compare.ts') },
  {
    name: 'export',
    summary: 'write trials, curves or events for other programs',
    load: () => import('./export.ts'),
  },
  { name: 'init', summary: 'write a config, or the beginnings of a plugin', load: () => import('./init.ts') },
  { name: 'plugins', summary: 'list plugins', load: () => import('./plugins.ts') },
  {
    name: 'doctor',
    summary: 'check that everything works on this machine',
    load: () => import('./doctor.ts'),
  },
  {
    name: 'completion',
    summary: 'print a completion script for a shell',
    load: () => import('./completion.ts'),
  },
]
