package io.heimdall.app.service;

import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweeps that the service does not take; one service for all of them, since a refusal changes nothing. */
class RefusedSweepsTest {
    @RegisterExtension
    static final OneService SERVICE = new OneService(ServiceOptions.local(0));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {}                                       | there is no space",
                "400 | []                                       | the body is no object",
                "400 | {\"space\": {}}                        | space is {}, expected",
                "400 | {\"space\": {\"patience\": [5]}, \"trial\": 3} | unknown field 'trial'",
                "400 | {\"space\": {\"patience\": [5]}, \"trials\": 501} | trials is 501, expected a whole number in 1..500",
                "400 | {\"space\": {\"patience\": [5]}, \"name\": \"../x\"} | name is \"../x\", expected letters",
                "400 | {\"space\": {\"patience\": [5]}, \"choice\": \"grid\"} | expected one of [sobol, random]",
                "400 | {\"space\": {\"patience\": [5]}, \"rungs\": [0]} | rungs is 0, expected a whole number",
                "400 | {\"space\": {\"patience\": [5]}, \"train_final\": 1} | train_final is 1, expected true or false",
                "409 | {\"space\": {\"patiense\": [5]}}     | unknown setting 'patiense'; did you mean 'patience'?",
                "409 | {\"space\": {\"epochs\": [5]}}       | is the same for all trials",
                "409 | {\"space\": {\"patience\": [0.5]}}   | is not a whole number such as 12",
                "409 | {\"space\": {\"patience\": [5]}, \"rungs\": [7, 3]} | do not ascend",
                "409 | {\"space\": {\"patience\": [5]}, \"base\": {\"network\": \"tiny\"}} | tiny",
                "409 | {\"space\": {\"pretrained\": [\"/etc/passwd\"]}} | pretrained cannot vary",
                "409 | {\"space\": {\"patience\": [5]}, \"base\": {\"pretrained\": \"/etc/passwd\"}} | expected the name of a file",
                "400 | {\"space\": {\"patience\": [5]}, \"base\": {\"pretrained\": [\"/etc/passwd\"]}} | pretrained is [\"/etc/passwd\"], expected the name of a file",
                "400 | {\"space\": {\"patience\": [5]}, \"base\": {\"pretrained\": {\"a\": 1}}} | pretrained is {\"a\":1}, expected",
                "409 | {\"space\": {\"patience\": [5]}, \"base\": {\"<<\": {\"pretrained\": \"/etc/passwd\"}}} | unknown setting '<<'",
                "409 | {\"space\": {\"patience\": [5]}, \"base\": {\"initial\": [\"../../etc/passwd\"]}} | initial",
                "404 | {\"space\": {\"patience\": [5]}, \"base\": {\"pretrained\": \"x.pth\"}} | pretrained names no file",
                "404 | {\"space\": {\"patience\": [5]}, \"base\": {\"backend\": \"abacus\"}} | unknown backend 'abacus'",
                "404 | {\"space\": {\"backend\": [\"abacus\"]}} | unknown backend 'abacus'",
                "404 | {\"space\": {\"patience\": [5]}, \"base\": {\"stations\": [\"Turin\"]}} | there is no station 'Turin'",
            })
    void badSweepsAreRefusedByName(int status, String body, String said) throws IOException, InterruptedException {
        SERVICE.client().refuses("/sweeps", body, status, said);
    }
}
