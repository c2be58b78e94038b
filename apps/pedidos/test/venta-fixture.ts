import { pedir, preparar, usuario } from './fixture.ts'

type Cuerpo = Record<string, unknown>

/** A shop with a tax, two methods and what tests ask of it. */
export async function tienda() {
  const montada = await preparar()
  const admin = await usuario({ rol: 'admin' })
  const ana = await usuario()
  const general = { clase: 'general', tasa: 1_500, porDentro: false }
  montada.catalogo.clases.set('general', general)
  const llamar = (method: string, path: string, body?: unknown, quien?: typeof ana) =>
    pedir(montada.app, method, path, {
      headers: quien?.headers ?? {},
      ...(body === undefined ? {} : { body }),
    })
  const direccion = {
    nombre: 'Ana',
    calle: 'Larga 7',
    ciudad: 'Cuenca',
    provincia: 'Azuay',
    pais: 'EC',
  }
  return {
    ...montada,
    admin,
    ana,
    general,
    direccion,
    llamar,
    /** A product at a price, taxed at 15 %. */
    gravado: (precio: number, mas: Parameters<typeof montada.producto>[2] = {}) =>
      montada.producto(precio, 100, { gravamen: general, ...mas }),
    metodo: (mas: Cuerpo = {}) =>
      llamar(
        'POST',
        '/metodos-envio',
        {
          codigo: 'moto',
          nombre: 'Moto en la ciudad',
          tipo: 'domicilio',
          tarifa: { tipo: 'fija', precio: 350 },
          zonas: [{ pais: 'EC', provincias: ['Azuay'] }],
          ...mas,
        },
        admin,
      ),
    cupon: (mas: Cuerpo = {}) =>
      llamar(
        'POST',
        '/cupones',
        { codigo: 'DIEZ', tipo: 'porcentaje', valor: 1_000, ...mas },
        admin,
      ),
    cotizar: (body: Cuerpo, quien?: typeof ana) => llamar('POST', '/cotizaciones', body, quien),
    comprar: (body: Cuerpo, quien = ana) => llamar('POST', '/pedidos', body, quien),
    /** Has what is owed in mails come to be and be sent. */
    async repartir() {
      await montada.casos.driver.tick()
      await montada.casos.cartero.tick()
    },
  }
}
export type Tienda = Awaited<ReturnType<typeof tienda>>

export const una = (productoId: string, cantidad = 1) => ({ lineas: [{ productoId, cantidad }] })
