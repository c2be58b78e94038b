import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { cambiarCesta, cestaActual, useCesta, vaciarCesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { opcionesPedido } from '../../datos/pedidos.ts'
import { ErrorGeneral, FormularioLibre } from '../../formularios/campos.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { type Borrador, guardarBorrador, olvidarBorrador } from './borrador.ts'
import { CamposEnvio } from './campos-envio.tsx'
import { cestaPosible, comprar, type Direccion, type Resultado, totalVisto } from './comprar.ts'
import { Contratiempo } from './contratiempo.tsx'
import { Resumen } from './resumen.tsx'

function leerDireccion(datos: FormData): Direccion {
  const opcionales = ['provincia', 'codigoPostal', 'telefono'] as const
  const dados = opcionales
    .map((campo) => [campo, campoDe(datos, campo)] as const)
    .filter(([, valor]) => valor !== '')
  return {
    nombre: campoDe(datos, 'nombre'),
    calle: campoDe(datos, 'calle'),
    ciudad: campoDe(datos, 'ciudad'),
    pais: campoDe(datos, 'pais'),
    ...Object.fromEntries(dados),
  }
}

interface FormularioProps {
  readonly inicial: Borrador
  readonly alComprar: () => void
}

export function Formulario({ inicial, alComprar }: FormularioProps) {
  const t = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const cesta = useCesta()
  const navegar = useNavigate()
  const consultas = useQueryClient()
  const [resultado, setResultado] = useState<Resultado>()

  const formulario = useFormulario({
    async enviar(datos) {
      // A second press, after the shop said what has changed, agrees with it.
      if (resultado) cambiarCesta(cestaPosible(cestaActual(), resultado))
      setResultado(undefined)
      const direccion = leerDireccion(datos)
      const nuevo = await comprar(cestaActual(), { direccion, notas: campoDe(datos, 'notas') })
      if (nuevo.tipo !== 'hecho') return setResultado(nuevo)
      const { pedido } = nuevo
      alComprar()
      vaciarCesta()
      olvidarBorrador()
      void consultas.invalidateQueries({ queryKey: ['pedidos'] })
      void consultas.invalidateQueries({ queryKey: ['disponibles'] })
      consultas.setQueryData(opcionesPedido(pedido.id).queryKey, pedido)
      await navegar({
        to: '/pedidos/$id',
        params: { id: pedido.id },
        search: { nuevo: true },
        replace: true,
      })
    },
  })
  const { enviando } = formulario
  return (
    <Page title={t.compra.titulo}>
      <FormularioLibre
        de={formulario}
        onChange={({ currentTarget }) => guardarBorrador(new FormData(currentTarget))}
        className="grid gap-8 lg:grid-cols-[1fr_22rem]"
      >
        <CamposEnvio inicial={inicial} />
        <div className="flex flex-col gap-4 lg:sticky lg:top-24 lg:h-fit">
          <Resumen cesta={cesta} />
          <ErrorGeneral />
          {resultado ? (
            <Contratiempo resultado={resultado} cesta={cesta} enviando={enviando} />
          ) : (
            <>
              <Button type="submit" size="large" busy={enviando}>
                {enviando ? t.compra.enviando : t.compra.pagar(dinero(totalVisto(cesta), moneda))}
              </Button>
              <p className="text-suave text-sm">{t.compra.garantia}</p>
            </>
          )}
        </div>
      </FormularioLibre>
    </Page>
  )
}
