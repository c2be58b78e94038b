import { rechazar } from '@encargo/service-kit/http/problems'
import type { MotivoDebil } from '../domain/regla-password.ts'

const mensajes: Record<MotivoDebil, string> = {
  personal: 'se adivina por tu correo o tu nombre; elige otra que no los lleve',
  comun: 'es de las más usadas, lo primero que se prueba; elige otra',
  facil: 'es demasiado fácil de adivinar; prueba con varias palabras sin relación',
}

/** 422 for a password that is too easy to guess, with the reason, naming the field. */
export function passwordDebil(campo: 'password' | 'nueva', motivo: MotivoDebil) {
  const mensaje = mensajes[motivo]
  return rechazar('datos-invalidos', {
    detail: `Revisa: ${campo} ${mensaje}.`,
    errores: [{ campo, mensaje, regla: `password-${motivo}` as const }],
  })
}
