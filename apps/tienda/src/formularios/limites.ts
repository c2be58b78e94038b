// The bounds of the services, so that the page can tell before anything is sent.

export { telefonoPatron } from '@encargo/service-kit/values/telephone'
export const nombreMaximo = 120
export const contrasenaMinimo = 8
export const contrasenaMaximo = 128
export const correoMaximo = 254
export const notasMaximo = 1000
export const motivoMaximo = 500
