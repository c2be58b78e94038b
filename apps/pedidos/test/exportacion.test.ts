import { describe, expect, test } from 'bun:test'
import { leerLista } from '@encargo/csv/lista'
import { cobroNuevo, tras } from './fake-pagos.ts'
import { porPagar } from './cobranza-fixture.ts'
import { pedir, preparar, rechazo, usuario } from './fixture.ts'

const diaMs = 24 * 60 * 60 * 1000

type Fila = Readonly<Record<string, string>>

/** Cells as whoever opens the file sees them. */
function leer(csv: string, separador = ','): Fila[] {
  expect(csv).toStartWith('\uFEFFfecha')
  const [cabecera = '', ...filas] = csv.slice(1).trimEnd().split('\r\n')
  const nombres = cabecera.split(separador)
  return filas.map((fila) => {
    const celdas = separador === ',' ? (leerLista(fila) ?? []) : fila.split(separador)
    return Object.fromEntries(nombres.map((nombre, at) => [nombre, celdas[at] ?? '']))
  })
}

const centavos = (filas: readonly Fila[], columna: string) =>
  filas.reduce((suma, fila) => suma + Math.round(Number(fila[columna]) * 100), 0)

async function tienda() {
  const todo = await preparar()
  const { app, clock, producto } = todo
  const [cliente, staff] = [await usuario(), await usuario({ rol: 'operador' })]
  const gravamen = { clase: 'iva', tasa: 1500, porDentro: false }
  const [cafe, pan] = [producto(1_999, 1e6, { gravamen }), producto(333, 1e6, { nombre: '=1+1' })]
  const get = (path: string, { headers } = staff) => pedir(app, 'GET', path, { headers })
  async function vender(cantidad: number, mas: object = {}) {
    const lineas = [cafe, pan].map((productoId) => ({ productoId, cantidad }))
    const body = { lineas, completar: true, clienteId: cliente.id, ...mas }
    const venta = await pedir(app, 'POST', '/pedidos', { headers: staff.headers, body })
    expect(venta.status).toBe(201)
    return String(venta.body['id'])
  }
  const anular = (id: string) =>
    pedir(app, 'POST', `/pedidos/${id}/anulacion`, { ...staff, body: { motivo: 'm' } })
  async function exportar(query: string, separador?: string) {
    const url = `http://localhost/pedidos/exportacion?${query}`
    const response = await app.handle(new Request(url, { headers: staff.headers }))
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/csv; charset=utf-8',
    ])
    // As bytes: text() would take the mark away.
    const bytes = await response.bytes()
    return leer(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), separador)
  }
  return { ...todo, cliente, staff, get, vender, anular, exportar, clock }
}

describe('the file of sales', () => {
  test('adds up to what the dashboard says of the same days, by fact and by line', async () => {
    const { clock, vender, anular, exportar, get } = await tienda()
    clock.advance(Date.parse('2026-03-01T10:00:00Z') - clock.ms())
    for (let dia = 0; dia < 6; dia++) {
      const primera = await vender(1 + dia)
      await vender(2)
      if (dia % 2) await anular(primera)
      clock.advance(diaMs + dia * 3_600_000)
    }
    for (const dias of ['desde=2026-03-01&hasta=2026-03-31', 'desde=2026-03-02&hasta=2026-03-05']) {
      const zonas = `${dias}&zona=America/Guayaquil`
      const { body } = await get(`/pedidos/resumen?${zonas}`)
      const porDia = body['porDia'] as { ingresos: number; abonado: number }[]
      const suma = (que: 'ingresos' | 'abonado') => porDia.reduce((s, uno) => s + uno[que], 0)
      expect(suma('abonado')).toBeGreaterThan(0)
      for (const por of ['hecho', 'linea', 'tasa']) {
        const filas = await exportar(`${zonas}&por=${por}`)
        const de = (que: string) => filas.filter(({ hecho }) => hecho === que)
        expect(centavos(de('venta'), 'importe')).toBe(suma('ingresos'))
        expect(centavos(de('abono'), 'importe')).toBe(-suma('abonado'))
        for (const fila of filas) {
          expect(centavos([fila], 'base') + centavos([fila], 'impuesto')).toBe(
            centavos([fila], 'importe'),
          )
        }
        expect(centavos(filas, 'impuesto')).toBeGreaterThan(0)
      }
    }
  })

  test('says of each fact when, what, to whom, and how much of it is tax', async () => {
    const { clock, vender, anular, exportar } = await tienda()
    clock.advance(Date.parse('2026-03-10T03:30:00Z') - clock.ms())
    const facturacion = {
      identificacion: { pais: 'EC', tipo: 'cedula', numero: '1710034065' },
      razonSocial: 'Rosa, Peralta',
    }
    const id = await vender(1, { contacto: { nombre: 'Rosa' }, facturacion, canal: 'mostrador' })
    await anular(id)
    const query = 'desde=2026-03-09&hasta=2026-03-09&zona=America/Guayaquil'
    const [venta, abono, ...mas] = await exportar(query)
    expect(mas).toEqual([])
    expect(venta).toEqual({
      fecha: '2026-03-09',
      hora: '22:30:00',
      numero: '1',
      hecho: 'venta',
      importe: '23.32',
      base: '20.71',
      impuesto: '2.61',
      moneda: 'USD',
      metodo: '',
      referencia: id,
      pedidoId: id,
      canal: 'mostrador',
      cliente: 'Rosa',
      tipoIdentificacion: 'EC cedula',
      identificacion: '1710034065',
      razonSocial: 'Rosa, Peralta',
      impuestos: 'iva 15 %: 17.38 + 2.61 | general 0 %: 3.33 + 0.00',
      dinero: '',
    })
    expect(abono).toMatchObject({
      hecho: 'abono',
      importe: '-23.32',
      impuesto: '-2.61',
      numero: '1',
    })
    expect(abono?.['referencia']).not.toBe(id)
    const [cafe, pan] = await exportar(`${query}&por=linea&separador=punto-y-coma`, ';')
    expect(cafe).toMatchObject({ cantidad: '1', importe: '19,99', impuesto: '2,61', tasa: '15' })
    expect(pan).toMatchObject({ nombre: "'=1+1", importe: '3,33', impuesto: '0,00' })
    const tasas = await exportar(`${query}&por=tasa`)
    const deTasa = ['hecho', 'claseImpuesto', 'tasa', 'importe', 'base', 'impuesto']
    expect(tasas.map((fila) => deTasa.map((columna) => fila[columna]).join(' '))).toEqual([
      'venta iva 15 19.99 17.38 2.61',
      'venta general 0 3.33 3.33 0.00',
      'abono iva 15 -19.99 -17.38 -2.61',
      'abono general 0 -3.33 -3.33 0.00',
    ])
  })

  test('has the money that moved in a column of its own, which adds up as well', async () => {
    const t = await porPagar('antes', 10)
    const ahora = Date.parse('2026-03-10T12:00:00Z')
    t.clock.advance(ahora - t.clock.ms())
    const { body } = await t.comprar()
    const id = String(body['id'])
    const anular = (path: string, cuerpo: object) =>
      pedir(t.app, 'POST', `/pedidos/${id}${path}`, { headers: t.staff.headers, body: cuerpo })
    const cobro = cobroNuevo(Bun.randomUUIDv7(), 1000)
    const alas = (uno: typeof cobro) => ({
      ...uno,
      movimientos: uno.movimientos.map((cada) => ({
        ...cada,
        en: ahora + cada.secuencia * 1000 - 500,
      })),
    })
    await t.contar(cobro, undefined, id)
    const pagado = tras(cobro, 'captura', 1000, { estado: 'cobrado' })
    await t.contar(alas(pagado), undefined, id)
    await t.pasar(1000)
    const { headers } = t.staff
    await pedir(t.app, 'PATCH', `/pedidos/${id}`, { headers, body: { estado: 'Completado' } })
    await anular('/abonos', { importe: 333, motivo: 'm' })
    await anular('/anulacion', { motivo: 'm' })
    const devuelto = tras(tras(pagado, 'reembolso', 900), 'contracargo', 100)
    await t.contar(alas(devuelto), undefined, id)
    const dias = 'desde=2026-03-10&hasta=2026-03-10'
    const path = `/pedidos/exportacion?${dias}`
    const leido = async (mas = '') => {
      const response = await t.app.handle(new Request(`http://localhost${path}${mas}`, { headers }))
      return leer(new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.bytes()))
    }
    const filas = await leido()
    const deFila = ['hecho', 'importe', 'dinero', 'metodo', 'referencia']
    const [captura, venta, abono, anulado] = filas.map((fila) => deFila.map((una) => fila[una]))
    expect(captura).toEqual(['captura', '', '10.00', 'tarjeta', 'm1'])
    expect(venta).toEqual(['venta', '10.00', '', 'tarjeta', id])
    expect([abono?.slice(0, 3), anulado?.slice(0, 3)]).toEqual([
      ['abono', '-3.33', ''],
      ['abono', '-6.67', ''],
    ])
    const de = (que: string) => filas.filter(({ hecho }) => hecho === que)
    expect(centavos(filas, 'importe')).toBe(0)
    expect(centavos(filas, 'dinero')).toBe(0)
    const { body: resumen } = await pedir(t.app, 'GET', `/pedidos/resumen?${dias}`, { headers })
    expect(resumen).toMatchObject({
      porDia: [
        {
          ingresos: centavos(de('venta'), 'importe'),
          abonado: -centavos(de('abono'), 'importe'),
          cobrado: centavos(de('captura'), 'dinero'),
          reembolsado: -centavos(de('reembolso'), 'dinero'),
          disputado: -centavos(de('contracargo'), 'dinero'),
        },
      ],
      porMetodo: [{ metodo: 'tarjeta', cobrado: 1000, reembolsado: 900, disputado: 100 }],
    })
    for (const por of ['linea', 'tasa']) {
      const partes = await leido(`&por=${por}`)
      expect(partes.map(({ hecho }) => hecho)).toEqual(['venta', 'abono', 'abono'])
      expect(centavos(partes, 'importe')).toBe(0)
    }
  })

  test('takes a part of each rate for what is given up in part', async () => {
    const { vender, staff, app, exportar } = await tienda()
    const id = await vender(1)
    const partes = [1, 100, 1_499]
    for (const importe of partes) {
      const body = { importe, motivo: 'm' }
      const { status } = await pedir(app, 'POST', `/pedidos/${id}/abonos`, { ...staff, body })
      expect(status).toBe(201)
    }
    for (const por of ['hecho', 'linea', 'tasa']) {
      const abonos = (await exportar(`por=${por}`)).filter(({ hecho }) => hecho === 'abono')
      expect(centavos(abonos, 'importe')).toBe(-1_600)
      // Of 23.32, of which 2.61 is tax.
      expect(centavos(abonos, 'impuesto')).toBe(-179)
      for (const fila of abonos) {
        expect(centavos([fila], 'base') + centavos([fila], 'impuesto')).toBe(
          centavos([fila], 'importe'),
        )
      }
    }
  })

  test('is for staff, and refuses days that are none', async () => {
    const { get, cliente } = await tienda()
    expect(rechazo(await get('/pedidos/exportacion', cliente))).toBe('403 prohibido')
    for (const query of ['desde=2026-02-30', 'por=mes', 'zona=Marte/Olimpo']) {
      expect(rechazo(await get(`/pedidos/exportacion?${query}`))).toBe('422 datos-invalidos')
    }
  })
})

test('staff note what they tell each other of an order, and its customer sees none of it', async () => {
  const { app, vender, staff, cliente, get } = await tienda()
  const path = `/pedidos/${await vender(1)}`
  const anotar = (texto: unknown, { headers } = staff) =>
    pedir(app, 'POST', `${path}/notas`, { headers, body: { texto } })
  const primera = await anotar('Pasa su hermano')
  expect([primera.status, primera.body['actor']]).toEqual([201, staff.id])
  const otraVez = await anotar('Pasa su hermano')
  expect([otraVez.status, otraVez.body]).toEqual([200, primera.body])
  expect((await anotar('Ya pasó')).status).toBe(201)
  expect((await get(`${path}/notas`)).body['datos']).toMatchObject([
    { texto: 'Ya pasó' },
    { texto: 'Pasa su hermano' },
  ])
  const pagina = await get(`${path}/notas?limite=1`)
  const siguiente = String(pagina.body['siguiente'])
  const resto = await get(`${path}/notas?limite=1&cursor=${siguiente}`)
  expect([resto.body['datos'], resto.body['siguiente']]).toMatchObject([
    [{ texto: 'Pasa su hermano' }],
    null,
  ])
  expect(rechazo(await anotar('', staff))).toBe('422 datos-invalidos')
  expect(rechazo(await anotar('x', cliente))).toBe('403 prohibido')
  expect(rechazo(await get(`${path}/notas`, cliente))).toBe('403 prohibido')
  const ajeno = `/pedidos/${Bun.randomUUIDv7()}/notas`
  expect(rechazo(await get(ajeno))).toBe('404 no-encontrado')
})
