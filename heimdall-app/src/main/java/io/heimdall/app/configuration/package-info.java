/** What a user may set once instead of typing it: a YAML file and environment variables, under what is typed. */
package io.heimdall.app.configuration;
