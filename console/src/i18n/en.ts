/** Each feature keeps its texts beside its screens: `desk/en.json` is the namespace `desk`. */
export default import.meta.glob<object>('../*/en.json', { eager: true, import: 'default' });
