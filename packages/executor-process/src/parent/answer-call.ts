import { type ArtifactStore, RondoError } from '@rondo/core'
import type { ArtifactRequest, FromWorker, ToWorker } from '../messages.ts'
import { sendError } from '../sent-error.ts'

/** Carries out a worker's call of the artifact store and sends the answer. Never throws. */
export async function answerCall(
  artifacts: ArtifactStore | undefined,
  { call, request }: Extract<FromWorker, { readonly type: 'call' }>,
  send: (reply: ToWorker) => void,
): Promise<void> {
  try {
    if (artifacts === undefined) {
      throw new RondoError('RONDO_INTERNAL', { message: 'A worker asked for artifacts outside of a leg.' })
    }
    send({ type: 'answer', call, value: await carryOut(artifacts, request) })
  } catch (error) {
    send({ type: 'refusal', call, error: sendError(error, 'RONDO_PLUGIN_FAILED') })
  }
}

function carryOut(artifacts: ArtifactStore, request: ArtifactRequest): Promise<unknown> {
  switch (request.method) {
    case 'write':
      return artifacts.write(request.name, request.files)
    case 'read':
      return artifacts.read(request.ref)
    case 'publish':
      return artifacts.publish(request.ref, request.name)
    case 'remove':
      return artifacts.remove(request.name)
    case 'list':
      return artifacts.list()
  }
}
