// Loaded into the server before its own code, and by inheritance into its Node children: a process whose parent was
// killed without a chance to end it ends itself.
const parent = process.ppid;
setInterval(() => {
  try {
    process.kill(parent, 0);
  } catch {
    process.exit(1);
  }
}, 1000).unref();
