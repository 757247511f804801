import {
  type AuthorizationInput,
  parseAuthorizationInput,
} from '#shared/oidc/messages/authorization-input.ts'
import type { HttpRequest } from '../http-request.ts'
import { cookiesOf } from './cookies.ts'
import { postedForm } from './posted-form.ts'

/** Reads an authorization request, or its return from the pages on the route that ends in `/resume`. */
export const readAuthorizationInput = (request: HttpRequest): AuthorizationInput =>
  parseAuthorizationInput({
    isResumed: request.route.endsWith('/resume'),
    query: request.query,
    form: postedForm(request),
    address: request.address,
    ...cookiesOf(request),
  })
