// Package private starts MariaDB and Redis servers that belong to this process
// alone: free port on 127.0.0.1, own folder, dead when the process is dead. It
// serves tests, kill tests and the bench command; nothing in production
// imports it. The machine's own services are never touched.
//
// A test asks for a database and gets a fresh one:
//
//	dsn := private.MariaDB(t) // mysql://user:password@127.0.0.1:port/name
//	url := private.Redis(t)   // redis://127.0.0.1:port/number
//
// All tests of one binary share one server of each kind. Where a server is not
// installed the test is skipped, unless MISHU_TEST_SERVERS=required: then it
// fails. Each test that got one is written to the file named by
// MISHU_TEST_TALLY, so that a run can say how many tests met a real server.
package private
