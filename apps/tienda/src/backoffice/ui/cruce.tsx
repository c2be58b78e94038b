import { Notice } from '../../ui/badge.tsx'

/** That somebody else changed meanwhile what is being edited. Always there, so that it is read out. */
export const Cruce = ({ texto }: { readonly texto: string | undefined }) => (
  <div role="status" className="mb-5 empty:hidden">
    {texto !== undefined && <Notice tone="warning">{texto}</Notice>}
  </div>
)
