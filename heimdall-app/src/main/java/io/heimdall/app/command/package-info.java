/**
 * The commands of the command line, one class for each, such as {@link io.heimdall.app.command.TrainCommand}.
 *
 * <p>The options that all commands have are in {@link io.heimdall.app.command.Output}. Java loads all command
 * classes at every start. So their fields have light types only, and a command loads the libraries that it needs when
 * it runs.
 */
package io.heimdall.app.command;
