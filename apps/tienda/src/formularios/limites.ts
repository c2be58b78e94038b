// The bounds of the services, so that the page can tell before anything is sent.

export const telefonoPatron = '\\+?[0-9][0-9 \\(\\).\\-]{4,30}'
export const nombreMaximo = 120
export const contrasenaMinimo = 8
export const contrasenaMaximo = 128
export const correoMaximo = 254
export const notasMaximo = 1000
export const motivoMaximo = 500
