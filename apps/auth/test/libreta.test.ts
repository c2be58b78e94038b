import { describe, expect, test } from 'bun:test'
import { DireccionVista } from '../src/http/libreta-schemas.ts'
import { bearer, bodyOf, createHarness, refusal } from './fixture.ts'

const casa = {
  alias: 'Casa',
  nombre: ' Ana Gómez ',
  calle: 'Calle Larga 7-20',
  referencia: 'Frente a la farmacia',
  ciudad: 'Cuenca',
  provincia: 'Azuay',
  codigoPostal: '010101',
  pais: 'EC',
  telefono: '099 000-0101',
}
const kept = { ...casa, nombre: 'Ana Gómez', telefono: '0990000101' }
const identificacion = { pais: 'EC', tipo: 'ruc', numero: '179-0011674-001' }
const factura = { identificacion, razonSocial: 'Andina S. A.', email: 'pagos@andina.example' }

describe('/me/direcciones', () => {
  test('keeps addresses, changes them and takes them away', async () => {
    const { send, cliente } = await createHarness()
    const { headers } = await cliente()
    const first = await send('/me/direcciones', 'POST', casa, headers)
    expect(first.status).toBe(201)
    const uno = await bodyOf(first, DireccionVista)
    expect(uno).toEqual({ id: expect.any(String), ...kept, predeterminada: true })
    const path = `/me/direcciones/${uno.id}`
    expect(first.headers.get('location')).toBe(path)
    const again = await send('/me/direcciones', 'POST', casa, headers)
    expect([again.status, await again.json()]).toEqual([200, uno])

    const { nombre, calle, ciudad, pais } = casa
    const otra = { nombre, calle, ciudad, pais, predeterminada: true }
    expect((await send('/me/direcciones', 'POST', otra, headers)).status).toBe(201)
    const cambio = { alias: null, calle: 'Calle Corta 1' }
    const changed = await send(path, 'PATCH', cambio, headers)
    const { alias: _gone, ...rest } = kept
    const now = { id: uno.id, ...rest, calle: 'Calle Corta 1', predeterminada: false }
    expect(await changed.json()).toEqual(now)
    const list = await send('/me/direcciones', 'GET', undefined, headers)
    expect(await list.json()).toEqual({
      datos: [expect.objectContaining({ calle, predeterminada: true }), now],
    })
    for (const status of [204, 204]) {
      expect((await send(path, 'DELETE', undefined, headers)).status).toBe(status)
    }
    expect(await refusal(await send(path, 'PATCH', cambio, headers))).toBe('404 no-encontrado')
  })

  test('says at the field what is wrong, and that twenty are enough', async () => {
    const { send, cliente } = await createHarness()
    const { headers } = await cliente()
    const wrong = await send('/me/direcciones', 'POST', { ...casa, pais: 'Ecuador' }, headers)
    expect(await wrong.json()).toMatchObject({ errores: [{ campo: 'pais', regla: 'pais' }] })
    for (let at = 0; at < 20; at += 1) {
      await send('/me/direcciones', 'POST', { ...casa, calle: `Larga ${at}` }, headers)
    }
    const full = await send('/me/direcciones', 'POST', casa, headers)
    expect(await full.json()).toMatchObject({
      codigo: 'datos-invalidos',
      detail: 'Ya tienes 20 direcciones guardadas. Borra una antes de añadir otra.',
    })
  })

  test('is for accounts, each its own; staff read what they need on the telephone', async () => {
    const { send, cliente, admin, sign } = await createHarness()
    const [ana, jefa] = [await cliente(), await admin()]
    await send('/me/direcciones', 'POST', casa, ana.headers)
    await send('/me/facturacion', 'PUT', { datos: [factura] }, ana.headers)
    const guest = bearer(await sign({ tipo: 'invitado', id: ana.id }))
    for (const path of ['direcciones', 'facturacion']) {
      const asked = (who: object, of = 'me') => send(`/${of}/${path}`, 'GET', undefined, who)
      expect(await refusal(await asked(guest))).toBe('403 prohibido')
      const [own, seen] = [
        await asked(ana.headers),
        await asked(jefa.headers, `usuarios/${ana.id}`),
      ]
      expect(await seen.json()).toEqual(await own.json())
      const other = await asked(ana.headers, `usuarios/${jefa.id}`)
      expect(await refusal(other)).toBe('403 prohibido')
      const nobody = await asked(jefa.headers, `usuarios/${Bun.randomUUIDv7()}`)
      expect(await refusal(nobody)).toBe('404 no-encontrado')
    }
  })
})

describe('/me/facturacion', () => {
  test('keeps whom invoices are made out to, by numbers in one form', async () => {
    const { send, cliente } = await createHarness()
    const { headers } = await cliente()
    const put = await send('/me/facturacion', 'PUT', { datos: [factura] }, headers)
    const numero = '1790011674001'
    const datos = [{ ...factura, identificacion: { ...identificacion, numero } }]
    expect([put.status, await put.json()]).toEqual([200, { datos }])
    const got = await send('/me/facturacion', 'GET', undefined, headers)
    expect(await got.json()).toEqual({ datos })
    const many = { datos: Array.from({ length: 6 }, () => factura) }
    expect(await refusal(await send('/me/facturacion', 'PUT', many, headers))).toBe(
      '422 datos-invalidos',
    )
  })

  test('refuses a number that is mistyped, keeps what there was, and says which and why', async () => {
    const { send, cliente } = await createHarness()
    const { headers } = await cliente()
    await send('/me/facturacion', 'PUT', { datos: [factura] }, headers)
    const cedula = { pais: 'EC', tipo: 'cedula', numero: '1714307104' }
    const datos = [factura, { ...factura, identificacion: cedula }]
    const answer = await send('/me/facturacion', 'PUT', { datos }, headers)
    const detail =
      'Revisa la cédula: el dígito verificador no corresponde a los demás. Puede haber una cifra mal escrita.'
    expect(await answer.json()).toMatchObject({
      status: 422,
      codigo: 'identificacion-invalida',
      detail,
      errores: [{ campo: 'datos.1.identificacion.numero', mensaje: detail }],
    })
    const wrongKind = { datos: [{ ...factura, identificacion: { ...cedula, tipo: 'dni' } }] }
    expect(await (await send('/me/facturacion', 'PUT', wrongKind, headers)).json()).toMatchObject({
      errores: [{ campo: 'datos.0.identificacion.tipo' }],
    })
    const got = await send('/me/facturacion', 'GET', undefined, headers)
    expect(await got.json()).toEqual({ datos: [expect.objectContaining({ email: factura.email })] })
  })
})
