import { problemResponse } from '../plugins/errors.ts'
import { securityHeaders } from '../plugins/security-headers.ts'
import type { ProblemError } from '../problems.ts'

/** The answer to a request that was refused before any app saw it. */
export function refused(request: Request, { problema, headers }: ProblemError): Response {
  return problemResponse(problema, request, { ...securityHeaders, ...headers })
}
