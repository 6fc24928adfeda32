import { type HealthCheck, resultsOf } from '../health-checks/health-check.js';

export const QUEUE_SENTENCES = {
  queues_answer: 'The queues are on {{place}} and answer.',
  queues_silent:
    'The queues on {{place}} do not answer ({{error}}). SMS are stored all the same, and processed once they do.',
};

const result = resultsOf('queue', QUEUE_SENTENCES);

/** @param error why the queues do not answer; null when they do */
export function checkQueue(backend: 'postgres' | 'redis', error: Error | null): HealthCheck {
  const place = backend === 'redis' ? 'Redis' : 'PostgreSQL';
  if (error === null) return result('ok', 'queues_answer', { params: { place } });
  return result('failing', 'queues_silent', { params: { place, error: error.message } });
}
