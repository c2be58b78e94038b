import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Formulario } from '../../formularios/campos.tsx'
import { useFormulario } from '../../formularios/formulario.ts'
import { ProgresoDeEnvio } from '../../formularios/progreso.tsx'
import { toast } from '../../ui/toast.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { CamposFicha } from './campos-ficha.tsx'
import { crearProducto, type Leido, opcionesMoneda, recordarLeido, subirImagen } from './datos.ts'
import { useReparosImagen } from './imagen-archivo.ts'
import { ImagenElegida } from './imagen-elegida.tsx'
import { useLectura } from './leer-ficha.ts'
import { useSinGuardar } from '../ui/sin-guardar.tsx'
import { useTextosEdicion } from './textos-edicion.ts'
import { useTextosProductos } from './textos.ts'

export function NuevoProductoPage() {
  const t = useTextosProductos()
  const { imagen: textosImagen } = useTextosEdicion()
  const consultas = useQueryClient()
  const navegar = useNavigate()
  const { leer, explicar, moneda } = useLectura()
  const { despues } = useReparosImagen()
  const [imagen, setImagen] = useState<File>()
  const [subiendo, setSubiendo] = useState<number>()
  // The currency of the first product that is seen counts; here none may have been seen yet.
  useQuery(opcionesMoneda())

  async function conImagen(creado: Leido): Promise<Leido> {
    if (!imagen) return creado
    const cual = { id: creado.datos.id, version: creado.version }
    try {
      return await subirImagen(cual, imagen, setSubiendo)
    } catch (error) {
      // The product is there all the same; its page has the picture's place.
      toast(`${t.creadoSinImagen} ${despues(error, imagen)}`, { tone: 'bad', forNextPage: true })
      return creado
    }
  }
  const { alEscribir, alGuardar, pregunta } = useSinGuardar()
  const formulario = useFormulario({
    async enviar(datos) {
      const creado = await crearProducto({ ...leer(datos), imagenUrl: null })
      alGuardar()
      toast(t.creado(creado.datos.nombre), { forNextPage: true })
      recordarLeido(consultas, await conImagen(creado))
      const { id } = creado.datos
      await navegar({ to: '/gestion/productos/$id', params: { id }, replace: true })
    },
    explicar,
  })
  return (
    <>
      {pregunta}
      <PageHead title={t.nuevo} back={{ to: '/gestion/productos', label: t.titulo }} />
      <Formulario
        de={formulario}
        boton={t.crear}
        onChange={alEscribir}
        className="carta max-w-3xl p-5 sm:p-6"
      >
        <CamposFicha inicial={{}} moneda={moneda} />
        <ImagenElegida archivo={imagen} alElegir={setImagen} />
        {subiendo !== undefined && (
          <ProgresoDeEnvio
            enviando={textosImagen.subiendo}
            esperando={textosImagen.comprobando}
            parte={subiendo}
          />
        )}
      </Formulario>
    </>
  )
}
