import type { Mailer } from '#shared/ports/mailer.ts'
import { describeCause, writeLine } from '../access-log.ts'

/** Loaded with the first letter, for most instances write none. */
const load = async (): Promise<Mailer> => {
  const { sesClient, sesMailer } = await import('#shared/aws/ses-mailer.ts')
  return sesMailer({
    client: sesClient(),
    onUnsent: (cause) =>
      writeLine({ level: 'warn', message: 'a letter was not sent', cause: describeCause(cause) }),
  })
}

let loaded: Promise<Mailer> | undefined

export const mailer: Mailer = {
  async send(mail) {
    loaded ??= load()
    await (await loaded).send(mail)
  },
}
