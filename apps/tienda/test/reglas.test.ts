import { describe, expect, test } from 'bun:test'
import { reglasDeCampo } from '@encargo/service-kit/values/field-rules'
import { textoDeCampo } from '../src/textos/campos.ts'
import { en } from '../src/textos/en.ts'
import { es } from '../src/textos/es.ts'

const campo = 'nombre'
const corto = { campo, mensaje: 'debe tener al menos 8 caracteres' } as const

describe('what a service has against a field', () => {
  test('is said in English by its rule, with its bound', () => {
    const error = { ...corto, regla: 'minimo-caracteres', limite: 8 } as const
    expect(textoDeCampo(en, error)).toBe('At least 8 characters.')
  })

  test('is said in Spanish as the service says it, as a sentence', () => {
    const error = { ...corto, regla: 'minimo-caracteres', limite: 8 } as const
    expect(textoDeCampo(es, error)).toBe('Debe tener al menos 8 caracteres.')
  })

  test('is told as it came when the rule or its bound is missing, or the rule is not known', () => {
    const later: { readonly regla: unknown } = JSON.parse('{"regla":"de-otro-siglo"}')
    const errors = [
      corto,
      { ...corto, regla: 'minimo-caracteres' } as const,
      { ...corto, regla: 'formato' } as const,
      Object.assign({ ...corto }, later),
    ]
    for (const error of errors) {
      expect(textoDeCampo(en, error)).toBe('Debe tener al menos 8 caracteres.')
    }
  })

  test('has English words for every rule but those that only a program can break', () => {
    const wordless = reglasDeCampo.filter((regla) => en.reglas[regla] === undefined)
    expect(wordless).toEqual(['objeto', 'nulo', 'formato', 'uuid'])
  })
})
