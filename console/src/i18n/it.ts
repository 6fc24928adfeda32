/** Each feature keeps its texts beside its screens: `desk/it.json` is the namespace `desk`. */
export default import.meta.glob<object>('../*/it.json', { eager: true, import: 'default' });
