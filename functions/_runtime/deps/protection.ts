/** What signs and encrypts answers, loaded for those that are to be. */
export const protection = async () => (await import('./id-token-ports.ts')).idTokenPorts
