/**
 * One class for each command of the command line.
 *
 * <p>A command class mentions only light types in its fields: all of them are loaded at every start, the libraries
 * behind them only when the command is called.
 */
package io.heimdall.app.command;
