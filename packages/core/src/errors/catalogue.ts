/**
 * What an error ends: the one trial whose params are at fault, or the whole command.
 * A trial's error is recorded in its `trial.failed` event and the study goes on.
 */
export type ErrorScope = 'trial' | 'study'

interface CatalogueEntry {
  readonly scope: ErrorScope
  /** What happened, in one sentence, for the table of the troubleshooting guide. */
  readonly summary: string
  /** What to do when the place that raised it has nothing more precise to say. */
  readonly remedy: string
}

const study = (summary: string, remedy: string): CatalogueEntry => ({ scope: 'study', summary, remedy })
const trial = (summary: string, remedy: string): CatalogueEntry => ({ scope: 'trial', summary, remedy })

/** Every error that Rondo raises. A code, once published, keeps its meaning. */
export const ERROR_CATALOGUE = {
  // composition and options
  RONDO_PLUGIN_CONFLICT: study('Two plugins provide the same single-valued token.', 'Keep one of them.'),
  RONDO_PLUGIN_MISSING: study('Nothing provides a token that is needed.', 'Add a plugin that provides it.'),
  RONDO_PLUGIN_VERSION: study(
    'A plugin was written for another version of a contract.',
    'Install matching versions of the plugin and of @rondo/core.',
  ),
  RONDO_PLUGIN_SCOPE: study(
    'A plugin injects something that lives shorter than it does.',
    'Inject a factory of it, or narrow the plugin’s own scope.',
  ),
  RONDO_PLUGIN_CYCLE: study(
    'Plugins inject each other in a circle.',
    'Break the circle by injecting a factory.',
  ),
  RONDO_PLUGIN_INVALID: study(
    'A value that is no plugin stands where one is expected.',
    'Call the factory: search: random(), not search: random.',
  ),
  RONDO_PLUGIN_UNKNOWN: study('No plugin has that name.', 'Use one of the names that `rondo plugins` lists.'),
  RONDO_PLUGIN_FAILED: study(
    'A plugin threw an error that is not its own coded one.',
    'If it is your own, mend it where the stack begins; else report it with the stack to its author.',
  ),
  RONDO_OPTION_INVALID: study('An option has a value that it cannot take.', 'Correct the option.'),
  RONDO_OPTION_UNKNOWN: study(
    'There is no option of that name.',
    'Correct the spelling; `rondo help` lists commands and their options.',
  ),
  RONDO_CONFIG_NOT_FOUND: study(
    'The config file does not exist.',
    'Check the path, or write one with `rondo init`.',
  ),
  RONDO_CONFIG_FAILED: study(
    'The config file threw while it was loaded.',
    'Correct the config at the line shown.',
  ),
  RONDO_CONFIG_INVALID: study('The config is not of the right form.', 'Correct the field named.'),
  RONDO_NODE_VERSION: study('This version of Node is too old.', 'Install Node 24 or later.'),
  // search space
  RONDO_SPACE_INVALID: study(
    'A hyperparameter or a constraint is not well defined.',
    'Correct the field named.',
  ),
  RONDO_SPACE_RANGE: study(
    'The range of a hyperparameter is empty or not possible.',
    'Give a low bound below the high one; a log scale needs a low bound above 0.',
  ),
  RONDO_SPACE_CONDITION: study(
    'A condition refers to a hyperparameter that cannot decide it.',
    'Refer to another hyperparameter of the space, without a circle.',
  ),
  RONDO_SPACE_UNKNOWN: study(
    'Nothing in this study reads that hyperparameter.',
    'Correct the name, or remove it from the space.',
  ),
  RONDO_SPACE_INFEASIBLE: study(
    'No params were found that satisfy the constraints.',
    'Loosen the constraints or widen the ranges.',
  ),
  RONDO_PARAMS_INVALID: study('Params lie outside the space.', 'Correct the value named.'),
  // data
  RONDO_DATA_NOT_FOUND: study('The data file does not exist.', 'Check the path.'),
  RONDO_DATA_UNREADABLE: study(
    'The data file cannot be read.',
    'Check its permissions and that it is a text file.',
  ),
  RONDO_DATA_EMPTY: study('The data file holds no rows.', 'Give a file with a header line and rows.'),
  RONDO_DATA_COLUMN_MISSING: study('There is no column of that name.', 'Use one of the columns of the file.'),
  RONDO_DATA_COLUMN_DUPLICATE: study('Two columns have the same name.', 'Rename one of them.'),
  RONDO_DATA_ROW_LENGTH: study(
    'A row has more or fewer fields than the header.',
    'Correct the row; a field that holds the separator must be quoted.',
  ),
  RONDO_DATA_NOT_A_NUMBER: study(
    'A field of a number column is not a number.',
    'Correct the field, or leave the column out.',
  ),
  RONDO_DATA_MISSING_VALUE: study('A field is empty or NaN.', 'Fill it, or choose how with `missing`.'),
  RONDO_DATA_INFINITE: study(
    'A number is infinite or too large for 32-bit floats.',
    'Correct or rescale it.',
  ),
  RONDO_DATA_CONSTANT: study('A column has the same value in every train row.', 'Leave the column out.'),
  RONDO_DATA_TOO_FEW_ROWS: study(
    'There are fewer rows than the windows, folds and test rows need.',
    'Add rows, or use a shorter window, a shorter horizon or fewer folds.',
  ),
  RONDO_DATA_ONE_CLASS: study('The target has one class only.', 'Give rows of at least two classes.'),
  RONDO_DATA_TIME: study(
    'The time column cannot be read, is out of order, or has gaps or duplicates.',
    'Correct the rows named.',
  ),
  RONDO_DATA_CATEGORY: study(
    'A category was not seen when the preprocessing was fitted.',
    'Map it to a known one, or train again with it.',
  ),
  RONDO_DATA_SEALED: study(
    'Something other than an evaluation asked for the test rows.',
    'Use `rondo finish` to score the winner on the test rows.',
  ),
  RONDO_TASK_MISMATCH: study(
    'A loss, a metric or a transform does not fit the task.',
    'Choose one that fits.',
  ),
  RONDO_SPLIT_INVALID: study(
    'The splitter cannot make those folds of this data.',
    'Change the number of folds or the sizes.',
  ),
  // study
  RONDO_STUDY_NOT_FOUND: study('There is no study of that name.', 'List the studies with `rondo list`.'),
  RONDO_STUDY_EXISTS: study(
    'A study of that name exists already.',
    'Resume it with `rondo resume`, or choose another name with --study.',
  ),
  RONDO_STUDY_CHANGED: study(
    'The config differs from the one that the study was started with.',
    'Undo the change, or start a new study with --study.',
  ),
  RONDO_STUDY_FINGERPRINT: study(
    'The study was run by another version, machine or numerics, so it would not replay bit for bit.',
    'Resume it where it was started, or start a new study.',
  ),
  RONDO_STUDY_DEADLOCK: study(
    'The scheduler or the strategy waits although nothing is running.',
    'Report it to the author of the scheduler or the strategy.',
  ),
  RONDO_STUDY_DECISION: study(
    'A scheduler or a strategy returned something it must not.',
    'If the plugin is your own, let it go through its suite of @rondo/testkit; else report it to its author.',
  ),
  RONDO_STUDY_NO_TRIAL: study('The study has no such trial.', 'List the trials with `rondo show`.'),
  RONDO_STUDY_NO_RESULT: study(
    'No trial of the study has completed.',
    'Look at why the trials failed with `rondo show`, then widen the budget.',
  ),
  RONDO_INTERRUPTED: study(
    'Work that has no checkpoint in the log was interrupted.',
    'Give the same command again.',
  ),
  RONDO_TRIALS_ALL_FAILED: study(
    'The first trials all failed for the same reason.',
    'Mend the reason shown, then resume the study; where its space or config must change, begin another.',
  ),
  // store and artifacts
  RONDO_STORE_LOCKED: study('Another process is writing to this study.', 'Wait for it to end, or stop it.'),
  RONDO_STORE_CONFLICT: study(
    'The log has moved on since it was read.',
    'Only one process may write to a study; stop the other.',
  ),
  RONDO_STORE_DAMAGED: study('The database is damaged.', 'Restore it from a copy, or start a new study.'),
  RONDO_STORE_NEWER: study('The database was written by a newer Rondo.', 'Update Rondo.'),
  RONDO_STORE_READ: study('The disk refused a read.', 'Check the permissions of the folder and the disk.'),
  RONDO_STORE_WRITE: study(
    'The disk refused a write.',
    'Free space or change the permissions; then resume the study.',
  ),
  RONDO_ARTIFACT_MISSING: study(
    'A file that the log refers to is not there.',
    'Restore the study’s folder from a copy.',
  ),
  RONDO_ARTIFACT_DAMAGED: study(
    'A file is not the one that the log, or the file beside it, refers to.',
    'Restore the study’s folder from a copy.',
  ),
  // training
  RONDO_BACKEND: study(
    'The WASM backend of tfjs cannot be used here.',
    'Use Node 24 or a browser with WebAssembly SIMD.',
  ),
  RONDO_METRIC_UNKNOWN: study('There is no metric of that name.', 'Use one of the metrics of the task.'),
  RONDO_MODEL_INVALID: trial(
    'The params make no valid model.',
    'Narrow the space so that such params are not drawn.',
  ),
  RONDO_MODEL_TOO_LARGE: trial(
    'The model does not fit into memory.',
    'Lower units, layers, window or batch size, or allow more memory.',
  ),
  RONDO_TRAIN_DIVERGED: trial(
    'The loss became NaN or infinite.',
    'Lower the learning rate, or clip the gradients with clipNorm.',
  ),
  RONDO_OBJECTIVE_FAILED: trial(
    'The objective function threw.',
    'See the message; params at fault fail their trial alone.',
  ),
  RONDO_OBJECTIVE_VALUE: trial('The objective is not a finite number.', 'Return a finite number.'),
  RONDO_CHECKPOINT_INVALID: study(
    'A checkpoint does not fit this model or data.',
    'Start the trial again, or restore the study’s folder from a copy.',
  ),
  // workers
  RONDO_WORKER_LOST: trial(
    'The worker process ended or stopped answering.',
    'See the worker’s last lines; lower memory use if it was killed for memory.',
  ),
  RONDO_WORKER_FINGERPRINT: study(
    'A worker runs another version, config or data than the study.',
    'Start the workers from the same installation and config.',
  ),
  // command line
  RONDO_USAGE: study('The command line is not complete or not understood.', 'See `rondo --help`.'),
  RONDO_INTERNAL: study('Rondo has a bug.', 'Please report it with the stack below.'),
} as const satisfies Record<string, CatalogueEntry>

/** A code of the catalogue. */
export type ErrorCode = keyof typeof ERROR_CATALOGUE
