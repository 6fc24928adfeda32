import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { whenSessionEnds } from './api/query-client.ts';
import { Providers } from './app/providers.tsx';
import { router } from './app/router.tsx';
import { setUpI18n } from './i18n/i18n.ts';
import { untilSignedInAgain } from './session/ended-session.ts';

whenSessionEnds(untilSignedInAgain);
await setUpI18n();
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
);
