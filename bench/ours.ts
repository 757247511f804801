import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { type Edge, type EdgeEvent, eventMaker } from './edge-event.ts'
import type { Answered, Contender } from './exchange.ts'

/** Runs a function. */
export type Invoke = (call: EdgeEvent) => Promise<APIGatewayProxyStructuredResultV2>

const answerOf = ({
  statusCode = 200,
  headers = {},
  cookies = [],
  body = '',
}: APIGatewayProxyStructuredResultV2): Answered => ({
  status: statusCode,
  location: headers['location']?.toString(),
  cookies,
  body,
})

/** One tenant of ours: every request becomes an event for the function that serves it. */
export function ours(edge: Edge, origin: string, tenant: string, invoke: Invoke): Contender {
  const eventOf = eventMaker(edge)
  const oauth2 = `/${tenant}/oauth2`
  return {
    origin,
    paths: {
      authorize: `${oauth2}/authorize`,
      pushed: `${oauth2}/par`,
      token: `${oauth2}/token`,
      introspection: `${oauth2}/introspect`,
      userInfo: `${oauth2}/userinfo`,
    },
    send: async (sent) => answerOf(await invoke(eventOf(sent))),
  }
}
