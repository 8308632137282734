/** @throws where the module would disturb the program whose memory it shares */
export function assertEmbeddable(name: string, bytes: Uint8Array, wat: string): void
