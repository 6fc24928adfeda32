/** What `npm run proofs` runs beside the tests. Each proof is a folder of test/proofs; its spec files may report figures. */
export interface Proof {
  /** Of the folder, and on the command line. */
  name: string;
  /** What it shows, as CONTRIBUTING.md says it. */
  shows: string;
  /** A change of these files calls for it: prefixes of paths from the root. */
  folders: string[];
  /** Spec files that may run at the same time; 1 where figures or the whole machine are at stake. */
  runners: number;
}

const CORE = ['src/inbound-sms/', 'src/webhook/', 'src/queue/', 'src/database/', 'src/spool/', 'migrations/'];

export const PROOFS: Proof[] = [
  {
    name: 'faults',
    shows: 'nothing is lost, doubled, inverted or invented while everything that the service stands on fails',
    folders: [
      ...CORE,
      'src/contacts/',
      'src/contact-events/',
      'src/outbound-sms/',
      'src/reconciliation/',
      'src/server/',
    ],
    runners: 1,
  },
  {
    name: 'broken-builds',
    shows: 'the fault run catches builds that are broken on purpose',
    folders: [...CORE, 'test/proofs/faults/'],
    runners: 1,
  },
  {
    name: 'attacks',
    shows: 'forged, hostile and excessive requests get nowhere, with 100,000 requests of each kind',
    folders: [
      'src/webhook/',
      'src/inbound-sms/',
      'src/access/',
      'src/twilio-integration/',
      'src/server/',
      'src/common/',
      'src/media/',
      'test/attacks/',
    ],
    runners: 2,
  },
  {
    name: 'browser',
    shows: 'every screen and dialog of the console in both languages and themes, by mouse and by keyboard',
    folders: ['console/', 'src/access/', 'src/contacts/', 'src/entry-points/', 'src/campaigns/', 'demo/', 'simulator/'],
    runners: 2,
  },
  {
    name: 'process',
    shows: 'the built service starts, stops, is killed and starts again without losing anything',
    folders: [
      ...CORE,
      'src/server/',
      'src/config/',
      'src/main.ts',
      'src/app.module.ts',
      'src/outbound-sms/',
      'src/media/',
      'demo/',
      'scripts/',
    ],
    runners: 2,
  },
  {
    name: 'databases',
    shows: 'outages, locks and full disks of PostgreSQL lose nothing, with the spool and with the embedded server',
    folders: [...CORE, 'src/access/'],
    runners: 2,
  },
  {
    name: 'queues',
    shows: 'half-open connections and shutdowns leave no job behind, on PostgreSQL and on Redis',
    folders: ['src/queue/', 'src/inbound-sms/', 'src/outbound-sms/', 'src/media/', 'src/contact-events/'],
    runners: 1,
  },
  {
    name: 'twilio-trouble',
    shows: 'an unreliable Twilio delays, and loses nothing',
    folders: ['src/twilio-integration/', 'src/reconciliation/', 'src/media/', 'simulator/'],
    runners: 1,
  },
  {
    name: 'waiting',
    shows: 'a silent connection is noticed',
    folders: ['src/database/'],
    runners: 1,
  },
  {
    name: 'rotation',
    shows: 'encryption keys are replaced while SMS arrive',
    folders: ['src/commands/', 'src/database/', 'src/spool/', 'src/common/secret-box.ts', 'src/config/'],
    runners: 1,
  },
  {
    name: 'scale',
    shows: 'bursts of texts, and lists of many thousand rows in the browser',
    folders: [...CORE, 'src/contacts/', 'src/contact-events/', 'console/src/desk/'],
    runners: 1,
  },
  {
    name: 'image',
    shows: 'the container image and the compose file hold what they need and nothing else',
    folders: ['docker/', 'package.json', 'package-lock.json', 'src/main.ts', 'src/commands/', 'src/config/'],
    runners: 1,
  },
  {
    name: 'bench',
    shows: 'the benchmark runs, loses nothing, and prints its ratios',
    folders: ['bench/', 'src/inbound-sms/', 'src/queue/'],
    runners: 1,
  },
];
