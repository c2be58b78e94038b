import { expect, test } from 'bun:test'
import { parseConfig } from '@encargo/service-kit/run/config'
import { PagosConfig, retornosDe } from '../src/config.ts'

const retornos = (env: Record<string, string>) =>
  retornosDe(parseConfig(PagosConfig, { CORS_ORIGINS: 'http://127.0.0.1:3000', ...env }))

test('shoppers are sent back to the shop that its mails lead to, and to nowhere else once that is said', () => {
  expect(retornos({})).toEqual(['http://127.0.0.1:3000'])
  const correos = {
    ORDER_TRACKING_URL: 'https://shop.example/seguimiento',
    PASSWORD_RESET_URL: 'https://shop.example/restablecer',
  }
  expect(retornos(correos)).toEqual(['https://shop.example', 'http://127.0.0.1:3000'])
  expect(retornos({ ...correos, PAGOS_RETORNOS: 'https://otra.example' })).toEqual([
    'https://otra.example',
  ])
})
