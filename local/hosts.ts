import type { Cleanup } from './cleanup.ts'
import { StartError, type StartOptions } from './options.ts'
import { type LocalServer, listen, type ServerOptions } from './server.ts'
import type { Context } from './synthesis.ts'
import { type Certificate, makeCertificate } from './tls.ts'

/** Where the local cloud listens. */
export interface Hosts {
  /** The host of every issuer. */
  readonly main: LocalServer
  /** The host that asks clients for their certificates. */
  readonly mtls: LocalServer | undefined
  /** The certificate to trust, in PEM, when one of them speaks TLS. */
  readonly certificate: string | undefined
}

/** @throws StartError when a port is taken */
export async function openHosts(options: StartOptions, cleanup: Cleanup): Promise<Hosts> {
  const { port, https, mtlsPort } = options
  const isTls = https || mtlsPort !== undefined
  const certificate = isTls ? await makeCertificate(new Date()) : undefined
  const open = async (flag: string, server: ServerOptions): Promise<LocalServer> => {
    const opened = await listenOn(flag, server)
    cleanup.add(opened.close)
    return opened
  }
  const main = await open('--port', { port, certificate: https ? certificate : undefined })
  const mtls =
    mtlsPort === undefined
      ? undefined
      : await open('--mtls-port', mtlsOptions(mtlsPort, certificate))
  return { main, mtls, certificate: certificate?.cert }
}

const mtlsOptions = (port: number, certificate: Certificate | undefined): ServerOptions => ({
  port,
  certificate,
  asksForCertificates: true,
})

/** What the deployment with such hosts would be given; the certificate is that of nobody. */
export function contextOf({ mtls }: Hosts): Context {
  if (mtls === undefined) return {}
  return {
    mtlsDomain: new URL(mtls.origin).host,
    mtlsCertificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/local',
  }
}

async function listenOn(flag: string, options: ServerOptions): Promise<LocalServer> {
  try {
    return await listen({ ...options, onError: (error) => console.error(error) })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE') {
      throw new StartError(`port ${options.port} is taken; choose another one with ${flag}`)
    }
    if (code === 'EACCES') {
      throw new StartError(`port ${options.port} may not be used; choose another one with ${flag}`)
    }
    throw error
  }
}
